/** Measures gateways and their status in Redis. */
@NullMarked
package io.github.ctigateway.examples.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
