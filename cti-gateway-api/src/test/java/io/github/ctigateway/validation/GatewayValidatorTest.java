package io.github.ctigateway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.model.ProfileFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows marked "seen" are what a running FreeSWITCH 1.11.3-dev did with the value, a registrar on the other side. */
class GatewayValidatorTest {
    private static final GatewayValidator VALIDATOR = GatewayValidator.create();

    /** Registers, and has nothing to complain about. */
    static Gateway good(String... pairs) {
        return with(
                Gateway.builder("trunk")
                        .set("realm", "r.invalid")
                        .set("username", "u")
                        .set("password", "p"),
                pairs);
    }

    private static Gateway with(Gateway.Builder builder, String... pairs) {
        for (String pair : pairs) {
            builder.set(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return builder.build();
    }

    private static List<String> codes(ValidationResult result) {
        return result.violations().stream()
                .map(violation -> violation.code() + " " + violation.path())
                .toList();
    }

    private static List<String> found(String... pairs) {
        return codes(VALIDATOR.validate(good(pairs)));
    }

    @Test
    void pagesExampleHasNoFinding() {
        Gateway mytrunk = Gateway.builder("mytrunk")
                .set("register", "true")
                .set("caller-id-in-from", "true")
                .set("realm", "180.76.224.191:35560")
                .set("from-user", "")
                .set("destination-prefix", "")
                .set("username", "mytrunk")
                .set("password", "mytrunk@ddt")
                .variable("sip_sticky_contact", "true")
                .build();

        assertThat(VALIDATOR.validate(mytrunk).violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',gateway.name.invalid",
        "a b,gateway.name.invalid",
        "a/b,gateway.name.invalid",
        "中文,gateway.name.invalid",
        "all,gateway.name.reserved",
        "ALL,gateway.name.reserved",
        "_all_,gateway.name.reserved",
        "_ALL_,gateway.name.reserved",
        "mod_event_socket-reload,gateway.name.unsendable",
        "Unload.MOD_EVENT_SOCKET,gateway.name.unsendable"
    })
    void namesThatFreeSwitchSkipsOrMisreads(String name, String code) {
        ValidationResult result = VALIDATOR.validate(good().toBuilder(name).build());

        assertThat(codes(result)).containsExactly(code + " name");
        assertThat(result.hasErrors()).isTrue();
        assertThat(result.gateway()).isEqualTo(name);
    }

    @Test
    void namesAreMatchedByTheir255FirstCharacters() {
        assertThat(codes(VALIDATOR.validate(good().toBuilder("x".repeat(255)).build())))
                .isEmpty();
        ValidationResult seenInTrying =
                VALIDATOR.validate(good().toBuilder("x".repeat(256)).build());
        assertThat(codes(seenInTrying)).containsExactly("gateway.name.too-long name");
        assertThat(seenInTrying.violations().get(0).message()).contains("256");
    }

    @Test
    void registeringNeedsUserAndPassword() {
        assertThat(codes(VALIDATOR.validate(
                        Gateway.builder("g").set("realm", "r").build())))
                .containsExactly("param.required param.username", "param.required param.password");
        assertThat(found("username=")).containsExactly("param.required param.username");
        assertThat(found("password=")).containsExactly("param.required param.password");
        assertThat(found("password=", "username=", "register=false")).isEmpty();
        assertThat(found("password=", "register=enable")).containsExactly("param.boolean.odd param.register");
        assertThat(VALIDATOR.validate(good("password=")).violations().get(0).toString())
                .isEqualTo("ERROR param.required at param.password: FreeSWITCH skips a gateway that registers without a"
                        + " password (set password, or register=false)");
    }

    @Test
    void lineEndBehindAPasswordIsReportedThoughXmlCanCarryIt() {
        assertThat(found("password=p\n"))
                .containsExactly("value.blank-edges param.password", "value.needs-hardened-xml param.password");
    }

    @Test
    void unknownNamesAndTheirValuesMustFitIntoXmlToo() {
        assertThat(found("x\u0001y-z-longer-than-any=1"))
                .containsExactly(
                        "value.not-xml param.x\\u0001y-z-longer-than-any",
                        "param.unknown param.x\\u0001y-z-longer-than-any");
        assertThat(found("unheard-of=a\u0000"))
                .containsExactly("value.not-xml param.unheard-of", "param.unknown param.unheard-of");
    }

    @Test
    void oldSpellingIsCoercedLikeTheNew() {
        assertThat(found("retry_seconds=3"))
                .containsExactly("param.alias param.retry_seconds", "param.coerced param.retry_seconds");
    }

    @Test
    void schemeIsNamedInTheCure() {
        assertThat(VALIDATOR.validate(good("proxy=sips:h")).violations().get(0).hint())
                .hasValue("write the host without sips:");
        assertThat(VALIDATOR
                        .validate(good("proxy=2001:db8::1"))
                        .violations()
                        .get(0)
                        .hint())
                .hasValue("write [2001:db8::1]");
    }

    @Test
    void emptyValuesAreAbsent() {
        Gateway.Builder builder = good().toBuilder();
        Parameters.all().stream()
                .map(Parameter::name)
                .filter(name -> good().text(name).isEmpty())
                .forEach(name -> builder.set(name, ""));

        assertThat(VALIDATOR.validate(builder.build()).violations()).isEmpty();
    }

    @Test
    void importReportsEmptyValuesThatMeanSomethingInXml() {
        Gateway imported = good(
                "register=",
                "register-transport=",
                "expire-seconds=",
                "contact-host=",
                "context=",
                "scheme=",
                "from-user=");

        assertThat(codes(VALIDATOR.validateImport(imported)))
                .containsExactly(
                        "param.empty.changes param.register",
                        "param.empty.changes param.register-transport",
                        "param.empty.changes param.expire-seconds",
                        "param.empty.changes param.contact-host",
                        "param.empty.changes param.context",
                        "param.empty.changes param.scheme");
        assertThat(VALIDATOR.validateImport(imported).violations().get(0).message())
                .contains("it does not register");
        assertThat(VALIDATOR
                        .speaking(Locale.CHINESE)
                        .validateImport(imported)
                        .violations()
                        .get(1)
                        .message())
                .contains("会被跳过");
        assertThat(VALIDATOR.validateImport(good()).violations()).isEmpty();
        assertThat(codes(VALIDATOR.validateImport(good("ping=3")))).containsExactly("param.ping.off param.ping");
    }

    @ParameterizedTest
    @CsvSource({
        "expire-second,expire-seconds",
        "expire_seconds,expire-seconds",
        "EXPIRE-SECONDS,expire-seconds",
        "expireseconds,expire-seconds",
        "usrename,username",
        "user-name,username",
        "passwd,password",
        "relam,realm",
        "Realm,realm",
        "fromuser,from-user",
        "calleridinfrom,caller-id-in-from"
    })
    void nearMissesGetAHint(String written, String meant) {
        Violation violation =
                VALIDATOR.validate(good(written + "=x")).violations().get(0);

        assertThat(violation.code()).isEqualTo("param.unknown");
        assertThat(violation.hint()).hasValue("did you mean " + meant + "?");
        assertThat(VALIDATOR
                        .speaking(Locale.SIMPLIFIED_CHINESE)
                        .validate(good(written + "=x"))
                        .violations()
                        .get(0)
                        .hint())
                .hasValue("是否想写 " + meant + "？");
    }

    @Test
    void farMissesGetNoGuess() {
        assertThat(VALIDATOR.validate(good("colour=x")).violations().get(0).hint())
                .hasValue("remove it");
        assertThat(VALIDATOR
                        .speaking(Locale.CHINA)
                        .validate(good("colour=x"))
                        .violations()
                        .get(0)
                        .hint())
                .hasValue("删除它");
    }

    @Test
    void tlsIsJudgedByTheProfile() {
        Gateway tls = good("register-transport=TLS");
        ProfileFacts external = ProfileFacts.external();

        assertThat(codes(VALIDATOR.forProfile(external).validate(tls)))
                .containsExactly("param.transport.tls-off param.register-transport");
        assertThat(codes(VALIDATOR
                        .forProfile(external.withSwitches(true, false, false))
                        .validate(tls)))
                .isEmpty();
        assertThat(codes(VALIDATOR.forProfile(ProfileFacts.unknown("x")).validate(tls)))
                .containsExactly("param.transport.needs-tls param.register-transport");
        assertThat(codes(VALIDATOR.validate(good("register-transport=tlsx"))))
                .containsExactly(
                        "param.transport.prefix param.register-transport",
                        "param.transport.needs-tls param.register-transport");
    }

    @Test
    void instanceIdsAreJudgedByTheProfile() {
        Gateway gateway = good("rfc-5626=true", "reg-id=1");

        assertThat(codes(VALIDATOR.validate(gateway))).isEmpty();
        assertThat(codes(VALIDATOR.forProfile(ProfileFacts.external()).validate(gateway)))
                .containsExactly("param.ignored.profile param.rfc-5626");
        assertThat(codes(VALIDATOR
                        .forProfile(ProfileFacts.external().withSwitches(false, true, false))
                        .validate(gateway)))
                .isEmpty();
    }

    @Test
    void pingCountsMustBeReachable() {
        assertThat(found("ping=60", "ping-min=3")).containsExactly("param.ping.never-up param.ping-min");
        assertThat(found("ping=60", "ping-min=3", "ping-max=3")).isEmpty();
        assertThat(found("ping=60", "ping-min=0")).containsExactly("param.ping.never-down param.ping-min");
        assertThat(found("ping=60", "ping-max=2x", "ping-min=1x"))
                .containsExactly("param.number.partial param.ping-max", "param.number.partial param.ping-min");
        assertThat(found("ping=60", "ping-user-agent=x", "ping-monitoring=true", "contact-in-ping=true"))
                .isEmpty();
    }

    @Test
    void retryAndItsAliasAreOne() {
        assertThat(found("retry_seconds=30", "retry-seconds=31"))
                .containsExactly("param.alias param.retry_seconds", "param.alias.twice param.retry_seconds");
        assertThat(VALIDATOR
                        .validate(good("retry_seconds=30", "retry-seconds=31", "ping=60"))
                        .violations()
                        .get(1)
                        .message())
                .endsWith("takes the last: retry-seconds");
        assertThat(VALIDATOR
                        .validate(good("retry-seconds=31", "retry_seconds=30"))
                        .violations()
                        .get(1)
                        .message())
                .endsWith("takes the last: retry_seconds");
    }

    @Test
    void lifetimeOfOneThatDoesNotRegisterIsOnlyCoerced() {
        assertThat(found("register=false", "expire-seconds=3")).containsExactly("param.coerced param.expire-seconds");
        assertThat(found("register=false", "expire-seconds=60x"))
                .containsExactly("param.number.partial param.expire-seconds");
        assertThat(VALIDATOR
                        .validate(good("register=false", "expire-seconds=3"))
                        .violations()
                        .get(0)
                        .message())
                .isEqualTo("mod_sofia uses 3600 instead of '3'");
    }

    @Test
    void usersOfOneThatDoesNotRegisterOnlyWarn() {
        assertThat(found("register=false", "username=a b")).containsExactly("param.user.characters param.username");
        assertThat(found("register=false", "password=a:b"))
                .containsExactly("param.credentials.colon-on-calls param.password");
        assertThat(found("register=false", "password=" + "p".repeat(300)))
                .containsExactly("param.credentials.long param.password");
    }

    @Test
    void onlyTheUserThatAuthenticatesMustBeFreeOfColons() {
        assertThat(found("username=a:b"))
                .containsExactly("param.credentials.colon param.username", "param.user.characters param.username");
        assertThat(found("username=a:b", "auth-username=c")).containsExactly("param.user.characters param.username");
        assertThat(found("username=a b", "from-user=c")).containsExactly("param.user.characters param.username");
    }

    /** Seen: with the realm test.invalid and the user lp200 200 characters pass, 228 are cut. */
    @Test
    void credentialsThatDoNotFitAreCut() {
        assertThat(found("username=lp228", "realm=test.invalid", "password=" + "p".repeat(227)))
                .isEmpty();
        assertThat(found("username=lp228", "realm=test.invalid", "password=" + "p".repeat(228)))
                .containsExactly("param.credentials.long param.password");
        assertThat(found("username=u", "realm=r", "password=" + "p".repeat(242)))
                .isEmpty();
        assertThat(found("username=u", "realm=r", "password=" + "p".repeat(243)))
                .containsExactly("param.credentials.too-long param.password");
        assertThat(found("username=u", "realm=r", "password=" + "密".repeat(81)))
                .containsExactly("param.credentials.too-long param.password");
        assertThat(found("username=u", "realm=r", "password=" + "密".repeat(80))).isEmpty();
    }

    @Test
    void extensionInContactMustBeAUser() {
        assertThat(found("extension=a b")).isEmpty();
        assertThat(found("extension=a b", "extension-in-contact=true"))
                .containsExactly("param.user.characters param.extension");
        assertThat(found("extension=auto_to_user", "extension-in-contact=true"))
                .containsExactly("param.extension-in-contact.auto param.extension-in-contact");
        assertThat(found("extension=auto_to_user")).isEmpty();
    }

    @Test
    void realmBesideAProxyIsAWordAndNoHost() {
        assertThat(found("realm=Our PBX", "proxy=h")).isEmpty();
        assertThat(found("realm=sip:x", "proxy=h")).containsExactly("param.realm.scheme param.realm");
    }

    @Test
    void withoutRealmAndProxyTheNameIsTheHost() {
        assertThat(found("realm=")).containsExactly("gateway.address.missing param.realm");
    }

    @Test
    void variablesAreJudgedAsFreeSwitchTakesThem() {
        Gateway gateway = good().toBuilder()
                .variable("CTI_gateway_stamp", "x")
                .variable("", "x")
                .variable("a b", "x")
                .variable("expire-seconds", "60")
                .variable("p:caller_id_number", "1", Direction.INBOUND)
                .variable("empty", "")
                .variable("nul", "\u0000")
                .variable("line", "a\nb")
                .variable("codec", "PCMA")
                .build();

        assertThat(codes(VALIDATOR.validate(gateway)))
                .containsExactly(
                        "variable.reserved variable.CTI_gateway_stamp",
                        "variable.name.invalid variable.",
                        "variable.name.invalid variable.a b",
                        "variable.is-parameter variable.expire-seconds",
                        "variable.caller-profile.inbound variable.p:caller_id_number",
                        "variable.empty variable.empty",
                        "value.not-xml variable.nul",
                        "value.needs-hardened-xml variable.line");
        assertThat(codes(VALIDATOR.validate(good().toBuilder()
                        .variable("p:x", "1", Direction.OUTBOUND)
                        .variable("context", "inbound")
                        .variable("x-header", "1")
                        .build())))
                .isEmpty();
    }

    @Test
    void variablesThatDifferInCaseAreOne() {
        assertThat(codes(VALIDATOR.validate(
                        good().toBuilder().variable("e", "1").variable("E", "2").build())))
                .containsExactly("variable.twice variable.E");
        assertThat(codes(VALIDATOR.validate(good().toBuilder()
                        .variable("e", "1", Direction.INBOUND)
                        .variable("E", "2", Direction.OUTBOUND)
                        .build())))
                .isEmpty();
        assertThat(codes(VALIDATOR.validate(good().toBuilder()
                        .variable("e", "1", Direction.INBOUND)
                        .variable("E", "2")
                        .build())))
                .containsExactly("variable.twice variable.E");
        assertThat(codes(VALIDATOR.validate(good().toBuilder()
                        .variable("e", "1", Direction.OUTBOUND)
                        .variable("E", "2", Direction.OUTBOUND)
                        .build())))
                .containsExactly("variable.twice variable.E");
    }

    @Test
    void subscriptionsAreJudged() {
        Map<String, String> odd = new LinkedHashMap<>();
        odd.put("expire-seconds", "4");
        odd.put("retry-seconds", "9");
        odd.put("username-in-request", "enable");
        odd.put("content_type", "x/y");
        odd.put("content-type", "");
        Gateway gateway = good().toBuilder()
                .subscription(new GatewaySubscription("", Map.of("content-type", "x/y")))
                .subscription(new GatewaySubscription("e", odd))
                .subscription(new GatewaySubscription("f", Map.of("expire-seconds", "60x", "content-type", "a/b")))
                .subscription(new GatewaySubscription("g", Map.of("retry-seconds", "10s", "content-type", "a/b")))
                .subscription(new GatewaySubscription("h\n", Map.of("content-type", " a/b")))
                .subscription(new GatewaySubscription("i", Map.of("expire-seconds", "5", "content-type", "a/b")))
                .subscription(new GatewaySubscription(
                        "j", Map.of("retry-seconds", "10", "username-in-request", "true", "content-type", "a/b")))
                .build();

        assertThat(codes(VALIDATOR.validate(gateway)))
                .containsExactly(
                        "subscription.event.missing subscription.",
                        "subscription.content-type.missing subscription.e",
                        "param.coerced subscription.e.expire-seconds",
                        "param.coerced subscription.e.retry-seconds",
                        "param.boolean.odd subscription.e.username-in-request",
                        "subscription.param.unknown subscription.e.content_type",
                        "param.expire-seconds.malformed subscription.f.expire-seconds",
                        "param.number.partial subscription.g.retry-seconds",
                        "value.blank-edges subscription.h\\u000a",
                        "value.control-character subscription.h\\u000a",
                        "value.blank-edges subscription.h\\u000a.content-type");
        assertThat(VALIDATOR.validate(gateway).violations().get(5).hint()).hasValue("did you mean content-type?");
        assertThat(VALIDATOR.validate(gateway).violations().get(3).message())
                .isEqualTo("mod_sofia uses 30 instead of '9'");
    }

    @Test
    void gatewaysOfOneDomainAreComparedWithEachOther() {
        Gateway first = good();
        Gateway twin = good("realm=R.INVALID").toBuilder("twin").build();
        Gateway upper = good("username=v").toBuilder("TRUNK").build();
        Gateway quiet = good("register=false").toBuilder("quiet").build();
        Gateway homeless = good("realm=").toBuilder("homeless").build();
        Gateway homeless2 = good("realm=").toBuilder("homeless2").build();
        Gateway byProxy =
                good("realm=", "proxy=r.invalid").toBuilder("by-proxy").build();

        List<ValidationResult> results =
                VALIDATOR.validateAll(List.of(first, twin, upper, quiet, homeless, homeless2, byProxy));

        assertThat(results)
                .extracting(ValidationResult::gateway)
                .containsExactly("trunk", "twin", "TRUNK", "quiet", "homeless", "homeless2", "by-proxy");
        assertThat(codes(results.get(0))).isEmpty();
        assertThat(codes(results.get(1))).containsExactly("gateways.registration.twice param.username");
        assertThat(results.get(1).violations().get(0).message()).contains("'trunk'");
        assertThat(codes(results.get(2))).containsExactly("gateways.name.case name");
        assertThat(codes(results.get(3))).isEmpty();
        assertThat(codes(results.get(4))).containsExactly("gateway.address.missing param.realm");
        assertThat(codes(results.get(5))).containsExactly("gateway.address.missing param.realm");
        assertThat(codes(results.get(6))).containsExactly("gateways.registration.twice param.username");
        assertThat(VALIDATOR.validateAll(List.of())).isEmpty();
    }

    @Test
    void oneNameInTwoDomainsIsAnError() {
        Map<String, List<Gateway>> places = new LinkedHashMap<>();
        places.put("a.example", List.of(good()));
        places.put("b.example", List.of(good("username=v")));

        List<ValidationResult> results = VALIDATOR.validateAll(places);

        assertThat(codes(results.get(0))).isEmpty();
        assertThat(codes(results.get(1))).containsExactly("gateways.name.twice name");
        assertThat(results.get(1).violations().get(0).message()).contains("'a.example'");
    }

    @Test
    void bothLanguagesFindTheSame() {
        Gateway bad = good("ping=3", "expire-seconds=60x", "foo=1", "proxy=sip:h").toBuilder("a b")
                .build();
        ValidationResult english = VALIDATOR.validate(bad);
        ValidationResult chinese =
                VALIDATOR.speaking(Locale.forLanguageTag("zh-CN")).validate(bad);

        assertThat(codes(chinese)).isEqualTo(codes(english)).hasSize(5);
        assertThat(chinese.violations())
                .allSatisfy(violation -> assertThat(violation.message()).matches(".*\\p{IsHan}.*"));
        assertThat(VALIDATOR.speaking(Locale.GERMAN).validate(bad)).isEqualTo(english);
    }

    @Test
    void secretsAreNeverQuoted() {
        Gateway gateway = with(
                Gateway.builder("g").set("username", "hush:hush").variable("x_password", "hush\u0000"),
                "password=hush:hush ",
                "my-password=hush",
                "realm=r",
                "sip_secret=hush");

        assertThat(VALIDATOR.validate(gateway).violations().stream()
                        .filter(violation -> !violation.path().equals("param.username")))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.toString()).doesNotContain("hush"));
    }

    @Test
    void quotedTextsStayOnOneShortLine() {
        Violation violation = VALIDATOR
                .validate(good("proxy=a\nb\u0007 " + "x".repeat(500)))
                .violations()
                .get(0);

        assertThat(violation.message())
                .contains("'a\\u000ab\\u0007 xxx")
                .contains("…'")
                .hasSizeLessThan(120);
    }

    @Test
    void errorsAreThrownTogether() {
        ValidationResult result = VALIDATOR.validate(good("username=", "password=", "ping=3"));

        assertThat(result.errors()).hasSize(2);
        assertThatThrownBy(result::orThrow)
                .isInstanceOfSatisfying(InvalidGatewayException.class, refused -> {
                    assertThat(refused.result()).isEqualTo(result);
                    assertThat(refused.isRetryable()).isFalse();
                })
                .hasMessageContaining("param.username")
                .hasMessageContaining("param.password");
        VALIDATOR.validate(good("ping=3")).orThrow();
    }

    @Test
    void bracesInAQuotedValueStayWhatTheyAre() {
        assertThat(VALIDATOR
                        .validate(good("retry-seconds={1}{2}"))
                        .violations()
                        .get(0)
                        .message())
                .isEqualTo("mod_sofia uses 30 instead of '{1}{2}'");
    }
}
