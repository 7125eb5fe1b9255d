/** Measures planning and applying, on the simulator of FreeSWITCH at its real tick. */
@NullMarked
package io.github.ctigateway.examples.benchmarks.controller;

import org.jspecify.annotations.NullMarked;
