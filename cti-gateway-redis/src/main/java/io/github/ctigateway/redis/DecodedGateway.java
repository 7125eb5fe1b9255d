package io.github.ctigateway.redis;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.Violation;
import java.util.List;
import java.util.Objects;

/** What {@link GatewayJson#decode(String, byte[])} made of a stored value. */
public sealed interface DecodedGateway {
    /** The gateway's name. */
    String name();

    /** What was noticed, each with its place. Codes begin with {@code json.}; no value is quoted. */
    List<Violation> findings();

    /**
     * The value is a gateway.
     *
     * @param gateway the gateway
     * @param findings no errors, but warnings, such as a member that stands twice, and what is worth knowing; unmodifiable
     */
    record Read(Gateway gateway, List<Violation> findings) implements DecodedGateway {
        public Read {
            Objects.requireNonNull(gateway, "gateway cannot be null");
            findings = List.copyOf(findings);
        }

        @Override
        public String name() {
            return gateway.name();
        }
    }

    /**
     * The value is no gateway.
     *
     * @param name the name it is stored under
     * @param findings at least one error; unmodifiable
     */
    record Unreadable(String name, List<Violation> findings) implements DecodedGateway {
        public Unreadable {
            Objects.requireNonNull(name, "name cannot be null");
            findings = List.copyOf(findings);
        }
    }
}
