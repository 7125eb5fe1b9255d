package io.github.ctigateway.status;

/**
 * A registrar's answer.
 *
 * @param status the SIP status code, such as 403; 0 when only the phrase is known
 * @param phrase its phrase, such as {@code Forbidden}
 */
public record SipReason(int status, String phrase) {
    /** For people; control characters are left out, as a phrase is whatever a registrar likes and ends up on terminals and in logs. */
    @Override
    public String toString() {
        String printable = phrase.replaceAll("\\p{Cntrl}", "");
        return status == 0 ? printable : (status + " " + printable).strip();
    }
}
