/** How the XML is written, scanned and served; not exported. */
package io.github.ctigateway.xml.internal;
