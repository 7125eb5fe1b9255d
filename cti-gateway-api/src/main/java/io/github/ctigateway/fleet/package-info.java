/**
 * Many nodes from one store, and several processes that share them: who works on which node, and which node runs a gateway that only
 * one may run.
 */
package io.github.ctigateway.fleet;
