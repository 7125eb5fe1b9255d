/** Where the wanted gateways are kept. */
package io.github.ctigateway.store;
