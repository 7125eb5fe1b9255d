/**
 * What the library believes about FreeSWITCH, as tests that run on the simulator and on a real server alike. Published, so that an
 * implementation of the switch can be tested with it.
 */
package io.github.ctigateway.esl.contract;
