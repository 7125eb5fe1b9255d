/** Makes a FreeSWITCH run what a store says, and proves it. */
package io.github.ctigateway.control;
