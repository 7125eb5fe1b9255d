/** The whole way of a gateway, from its definition to its status. */
@org.jspecify.annotations.NullMarked
package io.github.ctigateway.examples.quickstart;
