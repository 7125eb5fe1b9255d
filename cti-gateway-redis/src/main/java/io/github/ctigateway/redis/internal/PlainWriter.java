package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the documents that nearly all are, straight into the bytes that are stored: parameters and variables whose texts are ASCII
 * without anything to escape. The same bytes as {@link GatewayWriter}'s, to which all else is left.
 */
final class PlainWriter {
    private static final byte[] BEGIN = ascii("{\n\"param\": {");
    private static final byte[] BETWEEN = ascii("},\n\"variables\": {");
    private static final byte[] END = ascii("}\n}");
    private static final byte[] COLON = ascii("\": \"");

    /** Of a member: line end, four quotes, colon, blank, and the comma or the last line's end. */
    private static final int AROUND_MEMBER = 8;

    /** How the members of the catalogue's parameters begin; that their names are plain was found once for all. */
    private static final Map<String, byte[]> BEGINNINGS = Parameters.all().stream()
            .map(Parameter::name)
            .collect(Collectors.toUnmodifiableMap(name -> name, name -> ascii("\n\"" + name + "\": \"")));

    private byte[] bytes;
    private int length;

    private PlainWriter(int room) {
        bytes = new byte[room];
    }

    /** The document; null when the gateway needs more care. */
    static byte @Nullable [] write(Gateway gateway) {
        if (!gateway.additionalMembers().isEmpty() || !gateway.subscriptions().isEmpty()) {
            return null;
        }
        Map<String, String> parameters = gateway.parameters();
        List<GatewayVariable> variables = gateway.variables();
        long room = (long) BEGIN.length + BETWEEN.length + END.length;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            room += AROUND_MEMBER
                    + parameter.getKey().length()
                    + parameter.getValue().length();
        }
        for (GatewayVariable variable : variables) {
            if (variable.direction() != Direction.BOTH) {
                return null;
            }
            room += AROUND_MEMBER + variable.name().length() + variable.value().length();
        }
        if (room > SourceReader.MAX_BYTES) {
            return null;
        }
        return new PlainWriter((int) room).document(parameters, variables);
    }

    private byte @Nullable [] document(Map<String, String> parameters, List<GatewayVariable> variables) {
        add(BEGIN);
        boolean first = true;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (!member(first, parameter.getKey(), parameter.getValue(), BEGINNINGS.get(parameter.getKey()))) {
                return null;
            }
            first = false;
        }
        endOfMembers(first);
        add(BETWEEN);
        first = true;
        for (GatewayVariable variable : variables) {
            if (!member(first, variable.name(), variable.value(), null)) {
                return null;
            }
            first = false;
        }
        endOfMembers(first);
        add(END);
        return bytes;
    }

    private boolean member(boolean first, String name, String value, byte @Nullable [] beginning) {
        if (!first) {
            bytes[length++] = ',';
        }
        if (beginning != null) {
            add(beginning);
        } else {
            bytes[length++] = '\n';
            bytes[length++] = '"';
            if (!addPlain(name)) {
                return false;
            }
            add(COLON);
        }
        boolean plain = addPlain(value);
        bytes[length++] = '"';
        return plain;
    }

    /** Adds a text; false when it needs more care. */
    private boolean addPlain(String text) {
        int end = length;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x80) {
                return false;
            }
            bytes[end++] = (byte) c;
        }
        length = end;
        return true;
    }

    private void endOfMembers(boolean none) {
        if (!none) {
            bytes[length++] = '\n';
        }
    }

    private void add(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
