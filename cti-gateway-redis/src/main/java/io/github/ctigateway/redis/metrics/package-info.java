/** The status of gateways as meters of Micrometer, which must be on the class or module path for this package alone. */
package io.github.ctigateway.redis.metrics;
