package io.github.ctigateway.control;

import io.github.ctigateway.status.ObservedGateway;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A gateway that FreeSWITCH has in memory, as {@code sofia xmlstatus gateway} shows it. One that is marked for deletion is still shown,
 * so a name can stand twice.
 *
 * @param name the gateway
 * @param profile the profile that runs it; names are global to the switch
 * @param state the registration
 * @param ping the ping status
 * @param fields every element of the document by name ({@code realm}, {@code from}, {@code expires}, {@code calls-in} …), as shown;
 *     there is no password among them. Unmodifiable
 */
public record LiveGateway(
        String name, String profile, RegistrationState state, PingStatus ping, Map<String, String> fields) {
    public LiveGateway {
        Objects.requireNonNull(name, "name cannot be null");
        Objects.requireNonNull(profile, "profile cannot be null");
        Objects.requireNonNull(state, "state cannot be null");
        Objects.requireNonNull(ping, "ping cannot be null");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** What a snapshot of the statuses takes of it. */
    public ObservedGateway observed() {
        return new ObservedGateway(name, profile, state, ping);
    }
}
