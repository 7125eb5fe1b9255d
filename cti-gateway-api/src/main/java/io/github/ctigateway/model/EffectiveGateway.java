package io.github.ctigateway.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What mod_sofia makes of a gateway: every value as it will be used, with fallbacks, defaults and coercions applied, under the names that
 * {@code sofia xmlstatus gateway} shows (mod_sofia, parse_gateways and xml_gateway_status, read in 1.11.3-dev). Empty parameters are taken
 * as absent, since no publisher writes them. Holds no password. Immutable and thread-safe.
 */
public final class EffectiveGateway {
    private final String name;
    private final ProfileFacts profile;
    private final @Nullable SkipReason skipReason;
    private final Contact contact;
    private final Map<String, EffectiveValue> values;

    EffectiveGateway(
            String name,
            ProfileFacts profile,
            @Nullable SkipReason skipReason,
            Contact contact,
            Map<String, EffectiveValue> values) {
        this.name = name;
        this.profile = profile;
        this.skipReason = skipReason;
        this.contact = contact;
        this.values = values;
    }

    /** What a profile makes of a gateway. Never fails: one that mod_sofia skips is shown as it would be, see {@link #skipReason()}. */
    public static EffectiveGateway of(Gateway gateway, ProfileFacts profile) {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        return new EffectiveReading(gateway, Objects.requireNonNull(profile, "profile cannot be null")).read();
    }

    /** The gateway's name. */
    public String name() {
        return name;
    }

    /** The profile it was read for. */
    public ProfileFacts profile() {
        return profile;
    }

    /** Why mod_sofia does not take the gateway at all; empty when it does. */
    public Optional<SkipReason> skipReason() {
        return Optional.ofNullable(skipReason);
    }

    /** Every value in use: first those that {@code xmlstatus} shows, in its order, then the others. Unmodifiable. */
    public List<EffectiveValue> values() {
        return List.copyOf(values.values());
    }

    /** The value of this name, if the gateway has one. */
    public Optional<EffectiveValue> value(String valueName) {
        return Optional.ofNullable(values.get(valueName));
    }

    /** The values that are not what was given, each with its reason. */
    public List<EffectiveValue> coercions() {
        return values.values().stream().filter(EffectiveValue::isCoerced).toList();
    }

    /** The realm of the digest, see {@code register-uri} for where it registers. */
    public String realm() {
        return text("realm");
    }

    /** The user that registers. */
    public String username() {
        return text("username");
    }

    /** From, in angle brackets. */
    public String from() {
        return text("from");
    }

    /** Contact, in angle brackets, with {@code *} for a host, port or instance id that is not known. */
    public String contact() {
        return text("contact");
    }

    /** The dialled user of inbound calls; {@code auto_to_user} for the one in the request. */
    public String exten() {
        return text("exten");
    }

    /** {@code sip:username@proxy}, which is To of a REGISTER when {@code distinct-to} is set. */
    public String to() {
        return text("to");
    }

    /** The registrar, with {@code sip:} in front. */
    public String proxy() {
        return text("proxy");
    }

    /** The text of Expires in a REGISTER. */
    public String expires() {
        return text("expires");
    }

    /** After how many seconds a registration is refreshed at the latest; negative when mod_sofia reads a negative text. */
    public int freq() {
        return Integer.parseInt(text("freq"));
    }

    /** The seconds between two pings; 0 when ping is off. */
    public int pingFreq() {
        return Integer.parseInt(text("pingfreq"));
    }

    /** The request URI of a REGISTER. */
    public String registerUri() {
        return text("register-uri");
    }

    /** The proxy that a REGISTER is sent through. */
    public Optional<String> registerProxy() {
        return value("register-proxy").map(EffectiveValue::value);
    }

    /** The proxy that calls are sent through. */
    public Optional<String> outboundProxy() {
        return value("outbound-proxy").map(EffectiveValue::value);
    }

    /** {@code udp}, {@code tcp}, {@code tls} or {@code sctp}. */
    public String transport() {
        return text("register-transport");
    }

    /** Whether it registers. */
    public boolean registers() {
        return text("register").equals("true");
    }

    /** What {@code xmlstatus} will show, by element name, as far as the profile is known. */
    public Map<String, String> statusFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : EffectiveReading.STATUS_FIELDS) {
            if (isKnown(field)) {
                fields.put(field, text(field));
            }
        }
        return fields;
    }

    /**
     * The elements of {@code xmlstatus} in which a live gateway is not this one, in the document's order. What depends on an unknown part of
     * the profile is compared as far as it is known; elements that are not shown are left out. Blanks around a value count for nothing,
     * since readers of XML often drop them.
     *
     * @param shown the elements of one {@code <gateway>} by name; others than a definition's (states, counters) are ignored
     */
    public List<String> differingFields(Map<String, String> shown) {
        List<String> differing = new ArrayList<>();
        for (String field : EffectiveReading.STATUS_FIELDS) {
            String live = shown.get(field);
            if (live != null && !agrees(field, live.strip())) {
                differing.add(field);
            }
        }
        return differing;
    }

    /**
     * Those of the elements of one {@code <gateway>} of {@code xmlstatus} that a definition decides, in the document's order: no states and
     * no counters.
     *
     * @param shown all elements by name
     */
    public static Map<String, String> definedFields(Map<String, String> shown) {
        Map<String, String> defined = new LinkedHashMap<>();
        for (String field : EffectiveReading.STATUS_FIELDS) {
            String value = shown.get(field);
            if (value != null) {
                defined.put(field, value);
            }
        }
        return defined;
    }

    private boolean agrees(String field, String live) {
        if (field.equals("contact")) {
            return contact.matches(live);
        }
        return !isKnown(field) || text(field).strip().equals(live);
    }

    private boolean isKnown(String field) {
        if (field.equals("contact")) {
            return contact.isKnown();
        }
        return get(field).origin() != Origin.UNKNOWN_PROFILE;
    }

    private String text(String field) {
        return get(field).value();
    }

    private EffectiveValue get(String field) {
        return Objects.requireNonNull(values.get(field), field);
    }

    @Override
    public String toString() {
        return "EffectiveGateway[" + name + (skipReason == null ? "" : " skipped: " + skipReason.text(Locale.ENGLISH))
                + " " + values.values() + "]";
    }
}
