package io.github.ctigateway.validation;

/** How bad a finding is. */
public enum Severity {
    /** FreeSWITCH skips or misreads the gateway. */
    ERROR,
    /** A value is changed or ignored by FreeSWITCH, or is surely not meant. */
    WARNING,
    /** Worth knowing. */
    INFO
}
