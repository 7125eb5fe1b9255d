/** Measures what docs/performance.md promises. */
@NullMarked
package io.github.ctigateway.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
