package io.github.ctigateway.redis;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.internal.ChineseFindings;
import io.github.ctigateway.redis.internal.GatewayDocument;
import io.github.ctigateway.validation.InvalidGatewayException;
import io.github.ctigateway.validation.Violation;
import java.util.Locale;

/**
 * The JSON in which mod_cti keeps a gateway: {@code {"param": {name: value, …}, "variables": {name: value, …}}}. Stateless and
 * thread-safe.
 *
 * <h2>Reading</h2>
 *
 * <ul>
 *   <li>A value may be any scalar: a text; a number, read as it is spelt ({@code 1.50}, {@code 1e3}); {@code true} or
 *       {@code false}; {@code null}, which reads as the empty text, that is as "not set".
 *   <li>{@code param} and {@code variables} may be missing or {@code null}. An empty array, as PHP writes an empty map, is taken as
 *       an empty object, with a warning.
 *   <li>Of equal members the last counts, with a warning. A byte order mark is skipped, with a warning.
 *   <li>Other members of the outermost object are kept as {@link Gateway#additionalMembers()}, and mentioned: a misspelt {@code variables}
 *       looks like one.
 * </ul>
 *
 * <p>Two more members are part of the definition. mod_cti does not know them and leaves them alone:
 *
 * <ul>
 *   <li>{@code "directions": {variable: "inbound" | "outbound" | "both"}} limits variables to calls of one direction. A variable
 *       with different values has {@code {"inbound": value, "outbound": value}} there, and the first of them under
 *       {@code variables}. When the two differ, a tool without knowledge of directions has changed the variable: its value counts, for
 *       both directions, with a warning.
 *   <li>{@code "subscriptions": [{"event": event, "param": {name: value, …}}, …]}.
 * </ul>
 *
 * <p>Anything else makes the value unreadable and is reported with its place: text that is not JSON or no object, a nested value
 * where a scalar is due, more than 32 levels, more than 1 MiB, half characters (lone surrogates), invalid UTF-8, an unknown
 * direction.
 *
 * <h2>Writing</h2>
 *
 * <p>A new document has the form of mod_cti's own documentation. A changed one is the present text with only the changed values
 * replaced: an unchanged gateway gives the very same text, and order, white space, unknown members, escapes, {@code true} and
 * {@code "60"} stay as they are. A boolean or number that changes stays a boolean or number when its new text is one.
 */
public final class GatewayJson {
    private GatewayJson() {}

    /** Reads a stored value; never throws for a bad one. */
    public static DecodedGateway decode(String name, byte[] utf8) {
        return GatewayDocument.decode(name, utf8);
    }

    /** Reads a text; never throws for a bad one. */
    public static DecodedGateway decode(String name, String text) {
        return GatewayDocument.decode(name, text);
    }

    /**
     * A finding of {@link #decode} in Simplified Chinese for a Chinese locale, else as it is. Findings of others, such as the
     * validator's, stay as they are: it speaks both languages itself.
     */
    public static Violation inLanguage(Violation finding, Locale locale) {
        return locale.getLanguage().equals("zh") ? ChineseFindings.of(finding) : finding;
    }

    /**
     * Writes a new document.
     *
     * @throws InvalidGatewayException when the gateway cannot be expressed: half characters, an additional member that is not one
     *     JSON value or has a name of the definition's own, more than 1 MiB
     */
    public static String encode(Gateway gateway) {
        return GatewayDocument.encode(gateway);
    }

    /**
     * Writes the document of a changed gateway.
     *
     * @param changed the gateway as it shall be
     * @param original the present text; it must be readable
     * @throws InvalidGatewayException as for {@link #encode(Gateway)}
     * @throws IllegalArgumentException when the original is no gateway
     */
    public static String encode(Gateway changed, String original) {
        return GatewayDocument.encode(changed, original);
    }
}
