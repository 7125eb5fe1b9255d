/** What a gateway is: its definition, and the catalogue of mod_sofia's parameters. */
package io.github.ctigateway.model;
