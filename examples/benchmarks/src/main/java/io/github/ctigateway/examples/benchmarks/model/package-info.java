/** Measures gateways in memory. */
@NullMarked
package io.github.ctigateway.examples.benchmarks.model;

import org.jspecify.annotations.NullMarked;
