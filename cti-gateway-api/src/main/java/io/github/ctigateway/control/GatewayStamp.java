package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.validation.GatewayValidator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The mark on every gateway we publish, as the variable {@value GatewayValidator#STAMP_VARIABLE}. Read back from a switch it says
 * exactly which definition runs there, passwords and variables included, and whose it is.
 *
 * <p>It reads {@code <32 hex digits>.<8 hex digits>}: an HMAC-SHA-256, cut to 128 bits, of the definition's canonical form under the
 * store's secret; and a sign of that secret, so that one store never takes another's gateways for its own. It is visible on calls,
 * which is why it is an HMAC: without the secret nobody can try passwords against it. Immutable and thread-safe.
 */
public final class GatewayStamp {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int DEFINITION_BYTES = 16;
    private static final int OWNER_BYTES = 4;
    private static final byte[] OWNER_MESSAGE = "cti-gateway owner".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;
    private final String ownerSuffix;

    private GatewayStamp(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        Mac mac = mac();
        mac.update(OWNER_MESSAGE);
        this.ownerSuffix = "." + HexFormat.of().formatHex(mac.doFinal(), 0, OWNER_BYTES);
    }

    /**
     * Stamps under this secret, which a store keeps ({@code GatewayStore.stampSecret}).
     *
     * @throws IllegalArgumentException when the secret is empty
     */
    public static GatewayStamp under(byte[] secret) {
        return new GatewayStamp(secret);
    }

    /** The stamp of what FreeSWITCH is given of this gateway; a stamp that it already carries does not count. */
    public String of(Gateway gateway) {
        Gateway definition = gateway.definition();
        Mac mac = mac();
        feed(mac, definition.name());
        feed(mac, definition.parameters());
        definition.variables().stream()
                .filter(variable -> !variable.name().equalsIgnoreCase(GatewayValidator.STAMP_VARIABLE))
                .sorted(Comparator.comparing(GatewayVariable::name).thenComparing(GatewayVariable::direction))
                .forEach(variable -> {
                    feed(mac, "variable");
                    feed(mac, variable.name());
                    feed(mac, variable.direction().name());
                    feed(mac, variable.value());
                });
        for (GatewaySubscription subscription : definition.subscriptions()) {
            feed(mac, "subscription");
            feed(mac, subscription.event());
            feed(mac, subscription.parameters());
        }
        return HexFormat.of().formatHex(mac.doFinal(), 0, DEFINITION_BYTES) + ownerSuffix;
    }

    /** What is published of this gateway: its definition with its stamp. */
    public Gateway stamped(Gateway gateway) {
        return marked(gateway, of(gateway));
    }

    static Gateway marked(Gateway gateway, String stamp) {
        return gateway.definition().toBuilder()
                .removeVariable(GatewayValidator.STAMP_VARIABLE)
                .variable(GatewayValidator.STAMP_VARIABLE, stamp)
                .build();
    }

    /** Whether a stamp was made under our secret. */
    public boolean isOurs(String stamp) {
        return stamp.endsWith(ownerSuffix);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static void feed(Mac mac, Map<String, String> sortedByName) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, sortedByName.size()));
        new TreeMap<>(sortedByName).forEach((name, value) -> {
            feed(mac, name);
            feed(mac, value);
        });
    }

    /** Each text goes in with its length in front, so that no two definitions have the same bytes. */
    private static void feed(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
    }
}
