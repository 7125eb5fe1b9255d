package io.github.ctigateway.examples.benchmarks.controller;

/** How FreeSWITCH reads what is published. */
enum Publishing {
    /** A web server that hands out just the pending gateways. */
    XML_CURL,
    /** A file for each gateway in a directory that the profile includes. */
    FILES
}
