package io.github.ctigateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    /** The rows of mod_sofia's parse_gateways, read in 1.11.3-dev: name, type, default. */
    private static final List<String> ROWS = List.of(
            "register boolean true",
            "username text -",
            "password text -",
            "auth-username text -",
            "realm host -",
            "proxy host -",
            "from-user text -",
            "from-domain host -",
            "register-proxy uri -",
            "outbound-proxy uri -",
            "register-transport transport udp",
            "expire-seconds seconds 3600",
            "retry-seconds seconds 30",
            "retry_seconds seconds 30",
            "timeout-seconds seconds 60",
            "908-retry-seconds seconds -",
            "ping seconds -",
            "ping-max integer 1",
            "ping-min integer 1",
            "ping-user-agent text -",
            "ping-monitoring boolean false",
            "contact-in-ping boolean false",
            "caller-id-in-from boolean false",
            "extension text -",
            "extension-in-contact boolean false",
            "contact-host host -",
            "contact-params text -",
            "destination-prefix text -",
            "context text -",
            "scheme text Digest",
            "distinct-to boolean false",
            "rfc-5626 boolean false",
            "reg-id text -",
            "gw-auth-acl text -");

    @Test
    void catalogueIsExactlyWhatModSofiaReads() {
        assertThat(Parameters.all().stream()
                        .map(parameter -> parameter.name() + " " + parameter.type() + " "
                                + parameter.defaultText().orElse("-")))
                .containsExactlyElementsOf(ROWS);
    }

    static List<Parameter<?>> parameters() {
        return List.copyOf(Parameters.all());
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void eachIsDescribedInBothLanguages(Parameter<?> parameter) {
        assertThat(parameter.description(Locale.ENGLISH)).isNotBlank().isASCII().endsWith(".");
        assertThat(parameter.description(Locale.FRENCH)).isEqualTo(parameter.description(Locale.ENGLISH));
        assertThat(parameter.description(Locale.SIMPLIFIED_CHINESE))
                .isNotBlank()
                .matches(".*\\p{IsHan}.*")
                .endsWith("。");
        assertThat(parameter.since()).matches("1\\.[0-9]+\\.[0-9]+");
        assertThat(parameter.advice(Locale.ENGLISH).isPresent())
                .isEqualTo(parameter.advice(Locale.SIMPLIFIED_CHINESE).isPresent());
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void eachIsFoundByItsExactName(Parameter<?> parameter) {
        assertThat(Parameters.byName(parameter.name())).containsSame(parameter);
        assertThat(parameter).hasToString(parameter.name());
    }

    @ParameterizedTest
    @CsvSource({"parameters.md,en", "parameters.zh-CN.md,zh-CN"})
    void documentsListEveryParameter(String document, String language) throws IOException {
        Locale locale = Locale.forLanguageTag(language);
        List<String> table = Files.readAllLines(Path.of("..", "docs", document)).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(table)
                .containsExactlyElementsOf(Parameters.all().stream()
                        .map(parameter -> row(parameter, locale))
                        .toList());
    }

    private static String row(Parameter<?> parameter, Locale locale) {
        return "| `" + parameter.name() + "` | " + parameter.type() + " | "
                + parameter.defaultText().map(text -> "`" + text + "`").orElse("") + " | " + parameter.since() + " | "
                + parameter.description(locale)
                + parameter.advice(locale).map(text -> " *" + text + "*").orElse("") + " |";
    }

    @Test
    void namesAreCaseSensitive() {
        assertThat(Parameters.byName("Realm")).isEmpty();
    }

    /** They are stored with a warning, and printed like any other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Password",
                " password",
                "pasword",
                "passphrase",
                "sip_h_Proxy-Authorization",
                "sip_h_X-Api-Key",
                "pin",
                "passwrod",
                "paswrd",
                "assword",
                "apssword",
                "pass_wrod",
                "p a s s word",
                "passwort",
                "pass",
                "pwd",
                "auth_passwd"
            })
    void whatIsMeantToBeThePasswordIsSecretToo(String name) {
        assertThat(Parameters.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "ping", "bypass_media", "passthru_ptime", "p:caller_id_name", "pass_rfc2833"})
    void whatOnlyLooksLikeItIsNot(String name) {
        assertThat(Parameters.isSecret(name)).isFalse();
    }

    @Test
    void onlyThePasswordIsSecret() {
        assertThat(Parameters.all().stream().filter(Parameter::isSecret)).containsExactly(Parameters.PASSWORD);
        assertThat(Parameters.isSecret("sip_auth_password")).isTrue();
        assertThat(Parameters.isSecret("realm")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"expire-seconds,5", "retry-seconds,5", "retry_seconds,5", "timeout-seconds,5"})
    void coercedSecondsHaveALeastNumber(String name, int least) {
        assertThat(Parameters.byName(name).orElseThrow().minimum()).hasValue(least);
    }

    @ParameterizedTest
    @CsvSource({
        "register,1.0.0",
        "auth-username,1.0.2",
        "destination-prefix,1.4.8",
        "contact-in-ping,1.10.3",
        "gw-auth-acl,1.10.7"
    })
    void eachKnowsTheReleaseThatFirstReadIt(String name, String since) {
        assertThat(Parameters.byName(name).orElseThrow().since()).isEqualTo(since);
    }

    @Test
    void othersHaveNone() {
        assertThat(Parameters.PING.minimum()).isEmpty();
    }

    @Test
    void adviceOfThePageIsKept() {
        assertThat(Parameters.all().stream()
                        .filter(parameter -> parameter.advice(Locale.ENGLISH).isPresent())
                        .map(Parameter::name))
                .containsExactly(
                        "auth-username",
                        "from-user",
                        "from-domain",
                        "expire-seconds",
                        "extension",
                        "extension-in-contact",
                        "context");
        assertThat(Parameters.EXPIRE_SECONDS.advice(Locale.CHINESE)).hasValue("建议设置 60。");
        assertThat(Parameters.EXPIRE_SECONDS.advice(Locale.ENGLISH)).hasValue("60 is recommended.");
    }

    @Test
    void parametersAreEqualByName() {
        Parameter<String> twin =
                new Parameter<>("realm", ParameterType.TEXT, null, "1.0.0", 0, null, new Bilingual("a", "b"));

        assertThat(twin)
                .isEqualTo(Parameters.REALM)
                .hasSameHashCodeAs(Parameters.REALM)
                .isNotEqualTo(Parameters.PROXY);
        assertThat((Object) twin).isNotEqualTo("realm");
    }

    @Test
    void typesReadAsModSofiaDoes() {
        assertThat(ParameterType.BOOLEAN.read("enabled")).isTrue();
        assertThat(ParameterType.BOOLEAN.read("enable")).isFalse();
        assertThat(ParameterType.INTEGER.read("7x")).isEqualTo(7);
        assertThat(ParameterType.SECONDS.read("60x")).isEqualTo(Duration.ofSeconds(60));
        assertThat(ParameterType.TEXT.read(" a ")).isEqualTo(" a ");
    }

    @Test
    void typesWriteWhatReadsTheSame() {
        assertThat(ParameterType.BOOLEAN.write(true)).isEqualTo("true");
        assertThat(ParameterType.BOOLEAN.write(false)).isEqualTo("false");
        assertThat(ParameterType.INTEGER.write(-3)).isEqualTo("-3");
        assertThat(ParameterType.SECONDS.write(Duration.ofMinutes(1))).isEqualTo("60");
        assertThat(ParameterType.HOST.write("h:5060")).isEqualTo("h:5060");
    }

    @Test
    void partsOfASecondCannotBeWritten() {
        assertThatThrownBy(() -> ParameterType.SECONDS.write(Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT1.5S");
        assertThatThrownBy(() -> ParameterType.SECONDS.write(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ParameterType.SECONDS.write(Duration.ZERO)).isEqualTo("0");
    }
}
