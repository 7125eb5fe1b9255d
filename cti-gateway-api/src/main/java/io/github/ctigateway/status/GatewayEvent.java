package io.github.ctigateway.status;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of mod_sofia about one gateway. Each keeps the event as FreeSWITCH wrote it, in JSON, for those who pass it on.
 */
public sealed interface GatewayEvent {
    /** The gateway's name. */
    String gateway();

    /** Which FreeSWITCH fired it, and when. */
    EventOrigin origin();

    /** The whole event as FreeSWITCH wrote it: one JSON object. */
    String json();

    /**
     * {@code sofia::gateway_add}: FreeSWITCH took the gateway in. The only event ever of one that neither registers nor pings.
     *
     * @param profile the profile that runs it
     */
    record Added(String gateway, String profile, EventOrigin origin, String json) implements GatewayEvent {
        public Added {
            Objects.requireNonNull(gateway, "gateway cannot be null");
            Objects.requireNonNull(profile, "profile cannot be null");
            Objects.requireNonNull(origin, "origin cannot be null");
            Objects.requireNonNull(json, "json cannot be null");
        }
    }

    /**
     * {@code sofia::gateway_state}. It does not say which profile.
     *
     * @param state the registration
     * @param ping the ping status
     * @param networkAddress {@code ip:port} that the registrar answered from; null until it did
     * @param sipReason the SIP answer that caused this very event; null for all others
     */
    record StateChanged(
            String gateway,
            RegistrationState state,
            PingStatus ping,
            @Nullable String networkAddress,
            @Nullable SipReason sipReason,
            EventOrigin origin,
            String json)
            implements GatewayEvent {
        public StateChanged {
            Objects.requireNonNull(gateway, "gateway cannot be null");
            Objects.requireNonNull(state, "state cannot be null");
            Objects.requireNonNull(ping, "ping cannot be null");
            Objects.requireNonNull(origin, "origin cannot be null");
            Objects.requireNonNull(json, "json cannot be null");
        }

        /** The SIP answer that caused this event. */
        public Optional<SipReason> reason() {
            return Optional.ofNullable(sipReason);
        }
    }

    /**
     * {@code sofia::gateway_delete}: a killed gateway is gone. One of the same name may have been added before.
     *
     * @param profile the profile that ran it
     */
    record Deleted(String gateway, String profile, EventOrigin origin, String json) implements GatewayEvent {
        public Deleted {
            Objects.requireNonNull(gateway, "gateway cannot be null");
            Objects.requireNonNull(profile, "profile cannot be null");
            Objects.requireNonNull(origin, "origin cannot be null");
            Objects.requireNonNull(json, "json cannot be null");
        }
    }
}
