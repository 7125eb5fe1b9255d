package io.github.ctigateway.status;

/**
 * A registrar's answer.
 *
 * @param status the SIP status code, such as 403; 0 when only the phrase is known
 * @param phrase its phrase, such as {@code Forbidden}
 */
public record SipReason(int status, String phrase) {
    @Override
    public String toString() {
        return status == 0 ? phrase : (status + " " + phrase).strip();
    }
}
