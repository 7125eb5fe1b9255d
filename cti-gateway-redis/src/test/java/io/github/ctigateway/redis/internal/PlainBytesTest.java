package io.github.ctigateway.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.DecodedGateway;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short ways of reading and writing say what the careful ones say, or nothing. */
class PlainBytesTest {
    private static final int DOCUMENTS = 60_000;
    private static final String NASTY = "{}[]\":,\\ \n\ttruefalsn0123456789.-eE\u0000\u007fä中\uFFFD";
    private static final List<String> NAMES =
            List.of("realm", "password", "register", "ping", "x", "sip_sticky_contact", "", "ä", "a\"b");
    private static final List<String> VALUES =
            List.of("", "true", "false", "60", "a\\b", "180.76.224.191:35560", "中", "p w");

    private final Random random = new Random(20_261_123);

    @Test
    void readsWhatIsReadWithAllCareOrNothing() {
        PlainBytes reader = new PlainBytes();
        int taken = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] document = broken(document());
            Gateway read = reader.read("a", document);
            if (read != null) {
                taken++;
                DecodedGateway careful = GatewayDocument.decode("a", document);
                assertThat(careful)
                        .as(new String(document, StandardCharsets.UTF_8))
                        .isEqualTo(new DecodedGateway.Read(read, List.of()));
            }
        }
        assertThat(taken).isBetween(DOCUMENTS / 20, DOCUMENTS - DOCUMENTS / 20);
    }

    @Test
    void writesTheBytesThatTheCarefulWriterWrites() {
        int taken = 0;
        for (int i = 0; i < DOCUMENTS / 10; i++) {
            Gateway.Builder gateway = Gateway.builder("a");
            for (int j = random.nextInt(5); j > 0; j--) {
                gateway.set(any(NAMES), any(VALUES));
            }
            for (int j = random.nextInt(3); j > 0; j--) {
                gateway.variable(any(NAMES), any(VALUES));
            }
            byte[] plain = PlainWriter.write(gateway.build());
            if (plain != null) {
                taken++;
                assertThat(new String(plain, StandardCharsets.UTF_8))
                        .isEqualTo(GatewayDocument.encode(gateway.build()));
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void equalTextsOfManyDocumentsAreOne() {
        PlainBytes reader = new PlainBytes();
        byte[] document = "{\"param\": {\"realm\": \"carrier.example\"}}".getBytes(StandardCharsets.US_ASCII);

        Gateway one = reader.read("a", document);
        Gateway other = reader.read("b", document);

        assertThat(one).isNotNull();
        assertThat(other).isNotNull();
        assertThat(one.parameters().get("realm"))
                .isSameAs(other.parameters().get("realm"))
                .isEqualTo("carrier.example");
    }

    private String document() {
        StringBuilder out = new StringBuilder(blank()).append('{');
        String separator = "";
        for (String member : List.of("param", "variables", "param")) {
            if (random.nextInt(5) < 3) {
                out.append(separator)
                        .append(blank())
                        .append('"')
                        .append(member)
                        .append('"')
                        .append(blank());
                out.append(':').append(blank()).append('{');
                String comma = "";
                for (int i = random.nextInt(4); i > 0; i--) {
                    out.append(comma)
                            .append(blank())
                            .append('"')
                            .append(any(NAMES))
                            .append("\":")
                            .append(blank());
                    out.append(value()).append(blank());
                    comma = ",";
                }
                out.append('}');
                separator = ",";
            }
        }
        return out.append(blank()).append('}').append(blank()).toString();
    }

    private String value() {
        return switch (random.nextInt(5)) {
            case 0 -> "true";
            case 1 -> any(List.of("null", "false", "12", "0", "007", "1.50", "-3", "1e3", "[]"));
            default -> '"' + any(VALUES) + '"';
        };
    }

    /** Half of them with some bytes changed, added or taken away. */
    private byte[] broken(String document) {
        StringBuilder text = new StringBuilder(document);
        for (int i = random.nextBoolean() ? 0 : 1 + random.nextInt(2); i > 0 && text.length() > 0; i--) {
            int place = random.nextInt(text.length());
            char nasty = NASTY.charAt(random.nextInt(NASTY.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(place, nasty);
                case 1 -> text.insert(place, nasty);
                default -> text.deleteCharAt(place);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String blank() {
        return any(List.of("", "", " ", "\n", "\r\n\t"));
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
