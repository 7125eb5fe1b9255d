package io.github.ctigateway.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway takes from the profile that runs it. What is not known is null, and whatever depends on it is then not predicted.
 *
 * @param name the profile, such as {@code external}
 * @param sipIp the profile's own SIP address ({@code sip-ip})
 * @param extSipIp the address it shows outside ({@code ext-sip-ip}); empty when it has none
 * @param extSipPort the port it shows outside: {@code ext-sip-port}, else {@code sip-port}
 * @param tlsSipPort the port of TLS ({@code tls-sip-port})
 * @param context the dialplan context; empty when the profile has none
 * @param tls whether TLS is enabled; a gateway with that transport is skipped when it is not
 * @param rfc5626 whether RFC 5626 is enabled ({@code enable-rfc-5626})
 * @param autoNat whether FreeSWITCH found a NAT by itself; a registrar in the local network then gets the profile's own address
 */
public record ProfileFacts(
        String name,
        @Nullable String sipIp,
        @Nullable String extSipIp,
        @Nullable Integer extSipPort,
        @Nullable Integer tlsSipPort,
        @Nullable String context,
        @Nullable Boolean tls,
        @Nullable Boolean rfc5626,
        @Nullable Boolean autoNat) {
    public ProfileFacts {
        Objects.requireNonNull(name, "name cannot be null");
    }

    /** A profile of which only the name is known. */
    public static ProfileFacts unknown(String name) {
        return new ProfileFacts(name, null, null, null, null, null, null, null, null);
    }

    /**
     * The profile {@code external} as FreeSWITCH ships it, on a host without NAT: port 5080 (TLS 5081, off), context {@code public}, no
     * RFC 5626. The address depends on the host and is not known.
     */
    public static ProfileFacts external() {
        return new ProfileFacts("external", null, null, 5080, 5081, "public", false, false, false);
    }

    /** The same profile with this SIP address and, when it shows another outside, that one; {@code extSipIp} is empty else. */
    public ProfileFacts withAddress(String newSipIp, String newExtSipIp) {
        return new ProfileFacts(
                name,
                Objects.requireNonNull(newSipIp, "newSipIp cannot be null"),
                Objects.requireNonNull(newExtSipIp, "newExtSipIp cannot be null"),
                extSipPort,
                tlsSipPort,
                context,
                tls,
                rfc5626,
                autoNat);
    }

    /** The same profile with these ports. */
    public ProfileFacts withPorts(int newExtSipPort, int newTlsSipPort) {
        return new ProfileFacts(name, sipIp, extSipIp, newExtSipPort, newTlsSipPort, context, tls, rfc5626, autoNat);
    }

    /** The same profile with this dialplan context. */
    public ProfileFacts withContext(String newContext) {
        return new ProfileFacts(
                name,
                sipIp,
                extSipIp,
                extSipPort,
                tlsSipPort,
                Objects.requireNonNull(newContext, "newContext cannot be null"),
                tls,
                rfc5626,
                autoNat);
    }

    /** The same profile with these switches. */
    public ProfileFacts withSwitches(boolean newTls, boolean newRfc5626, boolean newAutoNat) {
        return new ProfileFacts(name, sipIp, extSipIp, extSipPort, tlsSipPort, context, newTls, newRfc5626, newAutoNat);
    }
}
