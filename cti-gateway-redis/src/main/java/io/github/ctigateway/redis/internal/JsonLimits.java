package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.validation.InvalidGatewayException;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.ValidationResult;
import io.github.ctigateway.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses, before anything is written, a gateway whose document could not be read back. */
final class JsonLimits {
    private final Gateway gateway;
    private final List<Violation> found = new ArrayList<>();

    private JsonLimits(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Does nothing when the gateway can be written and read back; throws with every reason otherwise. */
    static void check(Gateway gateway) {
        new JsonLimits(gateway).check();
    }

    /** Does nothing when the text is short enough to be read back. */
    static String checkLength(Gateway gateway, String text) {
        if (isTooLong(text)) {
            JsonLimits limits = new JsonLimits(gateway);
            limits.error(
                    "json.size",
                    Findings.DOCUMENT,
                    "the document would be longer than " + SourceReader.MAX_BYTES + " bytes",
                    "shorten its values");
            limits.orThrow();
        }
        return text;
    }

    /** Whether a text takes more bytes in UTF-8 than a document may have. */
    static boolean isTooLong(String text) {
        int maxBytesPerChar = 3;
        if (text.length() <= SourceReader.MAX_BYTES / maxBytesPerChar) {
            return false;
        }
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : maxBytesPerChar;
        }
        return bytes > SourceReader.MAX_BYTES;
    }

    private void check() {
        texts(gateway.parameters(), "param.");
        for (GatewayVariable variable : gateway.variables()) {
            text(variable.name(), "variable.", variable.name());
            text(variable.value(), "variable.", variable.name());
        }
        List<GatewaySubscription> subscriptions = gateway.subscriptions();
        for (int i = 0; i < subscriptions.size(); i++) {
            String path = GatewayReader.SUBSCRIPTIONS + "[" + i + "].";
            text(subscriptions.get(i).event(), path, GatewayReader.EVENT);
            texts(subscriptions.get(i).parameters(), path + "param.");
        }
        gateway.additionalMembers().forEach(this::additionalMember);
        orThrow();
    }

    private void texts(Map<String, String> values, String family) {
        values.forEach((name, value) -> {
            text(name, family, name);
            text(value, family, name);
        });
    }

    private void text(String value, String family, String name) {
        if (Surrogates.firstLone(value) >= 0) {
            error(
                    "json.surrogate",
                    family + name,
                    "the text holds half a character (a lone surrogate), which UTF-8 cannot express",
                    "use the whole character");
        }
    }

    private void additionalMember(String name, String raw) {
        text(name, "", name);
        if (GatewayReader.INTERPRETED.contains(name)) {
            error(
                    "json.member.reserved",
                    name,
                    "the member belongs to the definition and cannot be given as an additional one",
                    "set parameters, variables and subscriptions of the gateway");
        } else if (Surrogates.firstLone(raw) >= 0 || !isOneValue(raw.strip())) {
            error("json.member.invalid", name, "the additional member is not one JSON value", "give one JSON value");
        }
    }

    private static boolean isOneValue(String raw) {
        String probe = "{\"\":" + raw + "}";
        SourceValue document = SourceReader.read(probe, Set.of(), new Findings(probe));
        return document != null
                && document.members().size() == 1
                && document.members().get(0).value().raw(probe).equals(raw);
    }

    private void error(String code, String path, String message, String hint) {
        found.add(new Violation(Severity.ERROR, code, path, message, hint));
    }

    private void orThrow() {
        if (!found.isEmpty()) {
            throw new InvalidGatewayException(new ValidationResult(gateway.name(), found));
        }
    }
}
