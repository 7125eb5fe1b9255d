package io.github.ctigateway.examples.cli;

/** What the shell is told. From 64 on the numbers are those of {@code sysexits.h}. */
final class ExitCodes {
    /** Done, and nothing is left to do. */
    static final int OK = 0;

    /** Findings in what was read, outcomes that are not as wanted, or anything else that was refused or failed. */
    static final int FINDINGS = 1;

    /** {@code plan} has changes. */
    static final int CHANGES = 2;

    /** Wrong usage. */
    static final int USAGE = 64;

    /** A server could not be reached. */
    static final int UNAVAILABLE = 69;

    /** A server refused us. */
    static final int REFUSED = 77;

    private ExitCodes() {}
}
