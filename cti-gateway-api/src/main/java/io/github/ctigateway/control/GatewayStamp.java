package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.validation.GatewayValidator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
    private static final Comparator<GatewayVariable> VARIABLES =
            Comparator.comparing(GatewayVariable::name).thenComparing(GatewayVariable::direction);

    private final SecretKeySpec key;

    /** Knows the key already; only ever cloned. */
    private final Mac prepared;

    private final String ownerSuffix;

    private GatewayStamp(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.prepared = freshMac(key);
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
        CanonicalForm form = new CanonicalForm();
        form.add(gateway.name());
        form.add(gateway.parameters(), true);
        for (GatewayVariable variable : sorted(gateway.variables())) {
            form.add("variable");
            form.add(variable.name());
            form.add(variable.direction().name());
            form.add(variable.value());
        }
        for (GatewaySubscription subscription : gateway.subscriptions()) {
            form.add("subscription");
            form.add(subscription.event());
            form.add(subscription.parameters(), false);
        }
        return HexFormat.of().formatHex(form.under(mac()), 0, DEFINITION_BYTES) + ownerSuffix;
    }

    private static List<GatewayVariable> sorted(List<GatewayVariable> variables) {
        List<GatewayVariable> sorted = new ArrayList<>(variables);
        sorted.removeIf(variable -> variable.name().equalsIgnoreCase(GatewayValidator.STAMP_VARIABLE));
        sorted.sort(VARIABLES);
        return sorted;
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

    /** Cloned, for looking the algorithm up and taking in the key costs as much as a stamp. */
    private Mac mac() {
        try {
            return (Mac) prepared.clone();
        } catch (CloneNotSupportedException e) {
            // Not every provider's can be; the JDK's own can.
            return freshMac(key);
        }
    }

    private static Mac freshMac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** Texts one after the other, each with its length in front, so that no two definitions have the same bytes. Holds secrets. */
    private static final class CanonicalForm {
        private static final int USUAL_BYTES = 1024;

        private byte[] bytes = new byte[USUAL_BYTES];
        private int length;

        void add(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            number(encoded.length);
            reserve(encoded.length);
            System.arraycopy(encoded, 0, bytes, length, encoded.length);
            length += encoded.length;
        }

        /** Adds these texts in the order of their names. */
        void add(Map<String, String> byName, boolean withoutEmpty) {
            String[] names = new String[byName.size()];
            int count = 0;
            for (Map.Entry<String, String> entry : byName.entrySet()) {
                if (!withoutEmpty || !entry.getValue().isEmpty()) {
                    names[count++] = entry.getKey();
                }
            }
            Arrays.sort(names, 0, count);
            number(count);
            for (int i = 0; i < count; i++) {
                add(names[i]);
                add(byName.getOrDefault(names[i], ""));
            }
        }

        private void number(int number) {
            reserve(Integer.BYTES);
            ByteBuffer.wrap(bytes).putInt(length, number);
            length += Integer.BYTES;
        }

        private void reserve(int more) {
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            }
        }

        byte[] under(Mac mac) {
            mac.update(bytes, 0, length);
            return mac.doFinal();
        }
    }
}
