/** Gateways and their status in Redis, in the formats of mod_cti. */
package io.github.ctigateway.redis;
