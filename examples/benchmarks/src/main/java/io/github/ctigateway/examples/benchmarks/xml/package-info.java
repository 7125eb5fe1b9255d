/** Gateways as XML: written, read, and handed to mod_xml_curl. */
@NullMarked
package io.github.ctigateway.examples.benchmarks.xml;

import org.jspecify.annotations.NullMarked;
