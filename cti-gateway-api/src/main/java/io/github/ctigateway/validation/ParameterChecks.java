package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.ParameterType;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.model.ProfileFacts;
import io.github.ctigateway.model.SofiaText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names of parameters, and values by their type. */
final class ParameterChecks {
    /** Met as parameters in the field, where they do nothing. */
    private static final Set<String> VARIABLES = Set.of("sip_cid_type", "absolute_codec_string", "sip_sticky_contact");

    private static final String[] VARIABLE_PREFIXES = {
        "p:", "sip_", "rtp_", "effective_", "origination_", "bridge_", "execute_on_", "codec_", "cti_"
    };

    private static final List<String> CANDIDATES = Parameters.all().stream()
            .map(Parameter::name)
            .filter(name -> !name.equals(Parameters.RETRY_SECONDS_ALIAS.name()))
            .collect(Collectors.toUnmodifiableList());

    /** What an empty value does where it is written to XML (reference of mod_sofia, "Empty values"), in both languages. */
    private static final Map<String, List<String>> EMPTY_EFFECTS = Map.of(
            "register", List.of("it does not register", "不会注册"),
            "register-transport", List.of("it is skipped", "会被跳过"),
            "expire-seconds", List.of("its REGISTER cannot be built", "无法生成 REGISTER"),
            "contact-host", List.of("its Contact has no host", "Contact 没有主机"),
            "context", List.of("its context is really empty", "context 真的为空"),
            "scheme", List.of("its scheme is really empty", "scheme 真的为空"));

    private ParameterChecks() {}

    static void check(Gateway gateway, @Nullable ProfileFacts profile, Findings findings) {
        for (Map.Entry<String, String> entry : gateway.parameters().entrySet()) {
            if (!entry.getValue().isEmpty()) {
                Optional<Parameter<?>> parameter = Parameters.byName(entry.getKey());
                if (parameter.isPresent()) {
                    value(parameter.get(), entry.getValue(), profile, findings);
                } else {
                    unknown(entry.getKey(), entry.getValue(), findings);
                }
            }
        }
        together(gateway, profile, findings);
    }

    private static void value(Parameter<?> parameter, String value, @Nullable ProfileFacts profile, Findings findings) {
        if (!TextChecks.isHarmless(value)) {
            boolean blanksMatter = parameter.type() == ParameterType.TEXT
                    || parameter.type() == ParameterType.SECONDS
                    || parameter.type() == ParameterType.INTEGER;
            TextChecks.check(path(parameter), value, !parameter.equals(Parameters.PASSWORD), blanksMatter, findings);
        }
        if (parameter.type() == ParameterType.BOOLEAN) {
            if (!value.equals("true") && !value.equals("false")) {
                bool(path(parameter), value, findings);
            }
        } else if (parameter.type() == ParameterType.TRANSPORT) {
            transport(path(parameter), value, profile, findings);
        } else if (parameter.equals(Parameters.CONTACT_PARAMS)) {
            contactParams(path(parameter), value, findings);
        } else if (parameter.equals(Parameters.SCHEME)) {
            findings.add(Finding.WITHOUT_EFFECT, path(parameter), parameter.name());
        }
        if (parameter.equals(Parameters.RETRY_SECONDS_ALIAS)) {
            findings.add(Finding.ALIAS, path(parameter), parameter.name(), Parameters.RETRY_SECONDS.name());
        }
    }

    /** Put together only where something was found: most values are clean. */
    private static String path(Parameter<?> parameter) {
        return "param." + parameter.name();
    }

    static void bool(String path, String value, Findings findings) {
        if (!SofiaText.isTrue(value) && !SofiaText.isFalse(value)) {
            findings.add(Finding.BOOLEAN_ODD, path, Findings.quoted("", value));
        } else if (value.indexOf('.') >= 0 && SofiaText.isFalse(value) && hasOtherThanZero(value)) {
            findings.add(Finding.BOOLEAN_ODD, path, Findings.quoted("", value));
        }
    }

    /** {@code 0.5} is a number other than zero to everybody but atoi. */
    private static boolean hasOtherThanZero(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= '1' && value.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static void transport(String path, String value, @Nullable ProfileFacts profile, Findings findings) {
        Optional<String> known = SofiaText.transport(value);
        if (known.isEmpty()) {
            findings.add(Finding.TRANSPORT_UNKNOWN, path);
            return;
        }
        if (known.get().length() != value.length()) {
            findings.add(Finding.TRANSPORT_PREFIX, path, Findings.quoted("", value), known.get());
        }
        if (known.get().equals("tls")) {
            Boolean tls = profile == null ? null : profile.tls();
            if (tls == null) {
                findings.add(Finding.TRANSPORT_NEEDS_TLS, path);
            } else if (!tls) {
                findings.add(Finding.TRANSPORT_TLS_OFF, path);
            }
        }
    }

    private static void contactParams(String path, String value, Findings findings) {
        for (String added : List.of("transport=", "gw=")) {
            if (TextChecks.containsIgnoringCase(";" + value, ";" + added)) {
                findings.add(Finding.CONTACT_PARAMS, path, added);
            }
        }
    }

    private static void unknown(String name, String value, Findings findings) {
        String path = "param." + name;
        TextChecks.check(path, name, true, false, findings);
        TextChecks.check(path, value, false, false, findings);
        if (isVariable(name)) {
            findings.add(Finding.USE_VARIABLE, path, Findings.printable(name));
        } else {
            findings.add(
                    Finding.UNKNOWN,
                    path,
                    "'" + Findings.printable(name) + "'",
                    hint(name, CANDIDATES, findings.locale()));
        }
    }

    static String hint(String name, Iterable<String> candidates, Locale locale) {
        boolean chinese = Finding.isChinese(locale);
        return NearMiss.of(name, candidates)
                .map(meant -> chinese ? "是否想写 " + meant + "？" : "did you mean " + meant + "?")
                .orElse(chinese ? "删除它" : "remove it");
    }

    static boolean isVariable(String name) {
        if (VARIABLES.contains(name)) {
            return true;
        }
        for (String prefix : VARIABLE_PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** What depends on more than one parameter. */
    private static void together(Gateway gateway, @Nullable ProfileFacts profile, Findings findings) {
        Map<String, String> parameters = gateway.parameters();
        boolean rfc5626 = SofiaText.isTrue(parameters.getOrDefault(Parameters.RFC_5626.name(), ""));
        boolean regId = !parameters.getOrDefault(Parameters.REG_ID.name(), "").isEmpty();
        if (rfc5626 && profile != null && Boolean.FALSE.equals(profile.rfc5626())) {
            findings.add(Finding.IGNORED_BY_PROFILE, "param.rfc-5626", "rfc-5626");
        } else if (rfc5626 && !regId) {
            findings.add(Finding.REG_ID_MISSING, "param.reg-id");
        }
        if (regId && !rfc5626) {
            findings.add(Finding.IGNORED, "param.reg-id", "reg-id", "rfc-5626");
        }
    }

    /** Empty values that mean something in XML, though not in mod_cti's JSON. */
    static void empty(Gateway gateway, Findings findings) {
        gateway.parameters().forEach((name, value) -> {
            List<String> effect = EMPTY_EFFECTS.get(name);
            if (value.isEmpty() && effect != null) {
                findings.add(
                        Finding.EMPTY_CHANGES,
                        "param." + name,
                        name,
                        effect.get(Finding.isChinese(findings.locale()) ? 1 : 0));
            }
        });
    }
}
