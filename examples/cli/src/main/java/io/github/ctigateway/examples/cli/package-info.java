/** The command line: each command one small class, each failure one line and one exit code. */
@org.jspecify.annotations.NullMarked
package io.github.ctigateway.examples.cli;
