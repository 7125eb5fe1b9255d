/** Measures the event socket client. */
@NullMarked
package io.github.ctigateway.examples.benchmarks.esl;

import org.jspecify.annotations.NullMarked;
