/** What the fuzz tests of all modules share. */
package io.github.ctigateway.fuzz;
