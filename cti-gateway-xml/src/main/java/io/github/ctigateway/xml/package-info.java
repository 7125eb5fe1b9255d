/** Gateways as FreeSWITCH's XML: written, read back, published as files and handed out to mod_xml_curl. */
package io.github.ctigateway.xml;
