package io.github.ctigateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is expected here was read from {@code xmlstatus} of a running FreeSWITCH 1.11.3-dev, but for the NAT rows (from the source). */
class EffectiveGatewayTest {
    private static final ProfileFacts EXTERNAL = ProfileFacts.external().withAddress("10.0.0.9", "");

    static Gateway gateway(String... pairs) {
        return named("gw1", pairs);
    }

    static Gateway named(String name, String... pairs) {
        Gateway.Builder builder = Gateway.builder(name);
        for (String pair : pairs) {
            builder.set(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return builder.build();
    }

    private static EffectiveGateway of(String... pairs) {
        return EffectiveGateway.of(gateway(pairs), EXTERNAL);
    }

    private static String value(EffectiveGateway effective, String name) {
        return effective.value(name).orElseThrow().value();
    }

    private static Origin origin(EffectiveGateway effective, String name) {
        return effective.value(name).orElseThrow().origin();
    }

    @Test
    void pagesExampleIsWhatXmlstatusShows() {
        EffectiveGateway effective = EffectiveGateway.of(
                named(
                        "mytrunk",
                        "register=true",
                        "caller-id-in-from=true",
                        "realm=180.76.224.191:35560",
                        "from-user=",
                        "destination-prefix=",
                        "username=mytrunk",
                        "password=mytrunk@ddt"),
                EXTERNAL);

        assertThat(effective.statusFields())
                .containsExactly(
                        Map.entry("name", "mytrunk"),
                        Map.entry("profile", "external"),
                        Map.entry("scheme", "Digest"),
                        Map.entry("realm", "180.76.224.191:35560"),
                        Map.entry("username", "mytrunk"),
                        Map.entry("password", "yes"),
                        Map.entry("from", "<sip:mytrunk@180.76.224.191:35560>"),
                        Map.entry("contact", "<sip:gw+mytrunk@10.0.0.9:5080;transport=udp;gw=mytrunk>"),
                        Map.entry("exten", "mytrunk"),
                        Map.entry("to", "sip:mytrunk@180.76.224.191:35560"),
                        Map.entry("proxy", "sip:180.76.224.191:35560"),
                        Map.entry("context", "public"),
                        Map.entry("expires", "3600"),
                        Map.entry("freq", "3600"),
                        Map.entry("pingfreq", "0"),
                        Map.entry("pingmin", "0"),
                        Map.entry("pingmax", "0"));
        assertThat(effective.registerUri()).isEqualTo("sip:180.76.224.191:35560;transport=udp");
        assertThat(effective.registers()).isTrue();
        assertThat(effective.transport()).isEqualTo("udp");
        assertThat(effective.coercions()).isEmpty();
        assertThat(effective.skipReason()).isEmpty();
        assertThat(effective.name()).isEqualTo("mytrunk");
        assertThat(effective.profile()).isEqualTo(EXTERNAL);
        assertThat(value(effective, "caller-id-in-from")).isEqualTo("true");
        assertThat(effective.toString()).doesNotContain("mytrunk@ddt").doesNotContain("skipped");
    }

    @Test
    void nothingButOffTakesNameAndFreeSwitch() {
        EffectiveGateway effective = of("register=false");

        assertThat(effective.realm()).isEqualTo("gw1");
        assertThat(origin(effective, "realm")).isEqualTo(Origin.NAME);
        assertThat(effective.username()).isEqualTo("FreeSWITCH");
        assertThat(origin(effective, "username")).isEqualTo(Origin.ANONYMOUS);
        assertThat(effective.exten()).isEqualTo("FreeSWITCH");
        assertThat(effective.from()).isEqualTo("<sip:FreeSWITCH@gw1>");
        assertThat(effective.to()).isEqualTo("sip:FreeSWITCH@gw1");
        assertThat(effective.proxy()).isEqualTo("sip:gw1");
        assertThat(origin(effective, "proxy")).isEqualTo(Origin.REALM);
        assertThat(value(effective, "password")).isEqualTo("no");
        assertThat(effective.registers()).isFalse();
        assertThat(value(effective, "register")).isEqualTo("false");
        assertThat(origin(effective, "register")).isEqualTo(Origin.GIVEN);
        assertThat(value(effective, "auth-username")).isEqualTo("FreeSWITCH");
        assertThat(origin(effective, "auth-username")).isEqualTo(Origin.USERNAME);
    }

    @Test
    void realmAndProxyStandInForEachOther() {
        EffectiveGateway proxyOnly = of("register=false", "proxy=p.invalid");
        EffectiveGateway realmOnly = of("register=false", "realm=r.invalid");
        EffectiveGateway both = of("register=false", "realm=r.invalid", "proxy=p.invalid");

        assertThat(proxyOnly.realm()).isEqualTo("p.invalid");
        assertThat(origin(proxyOnly, "realm")).isEqualTo(Origin.PROXY);
        assertThat(realmOnly.proxy()).isEqualTo("sip:r.invalid");
        assertThat(both.realm()).isEqualTo("r.invalid");
        assertThat(both.proxy()).isEqualTo("sip:p.invalid");
        assertThat(origin(both, "proxy")).isEqualTo(Origin.SCHEME_ADDED);
        assertThat(both.from()).isEqualTo("<sip:FreeSWITCH@p.invalid>");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:h.invalid,<sip:u@sip:h.invalid>,sip:u@h.invalid,sip:h.invalid,sip:sip:h.invalid;transport=udp",
        "SIP:h.invalid,<sip:u@SIP:h.invalid>,sip:u@h.invalid,SIP:h.invalid,sip:SIP:h.invalid;transport=udp",
        "sips:h.invalid,<sip:u@sips:h.invalid>,sip:u@sips:h.invalid,sip:sips:h.invalid,sip:sips:h.invalid;transport=udp",
        "h;transport=tcp,<sip:u@h;transport=tcp>,sip:u@h;transport=tcp,sip:h;transport=tcp,sip:h;transport=tcp",
        "h;TRANSPORT=tcp,<sip:u@h;TRANSPORT=tcp>,sip:u@h;TRANSPORT=tcp,sip:h;TRANSPORT=tcp,sip:h;TRANSPORT=tcp",
        "h:5070,<sip:u@h:5070>,sip:u@h:5070,sip:h:5070,sip:h:5070;transport=udp"
    })
    void proxyIsTakenAsWritten(String proxy, String from, String to, String shown, String registerUri) {
        for (String parameter : List.of("proxy", "realm")) {
            EffectiveGateway effective = of("register=false", "username=u", parameter + "=" + proxy);

            assertThat(effective.from()).isEqualTo(from);
            assertThat(effective.to()).isEqualTo(to);
            assertThat(effective.proxy()).isEqualTo(shown);
            assertThat(effective.registerUri()).isEqualTo(registerUri);
        }
    }

    @Test
    void originOfAProxyWithASchemeIsWhatWasGiven() {
        assertThat(origin(of("register=false", "proxy=sip:h"), "proxy")).isEqualTo(Origin.GIVEN);
        assertThat(origin(of("register=false", "realm=sip:h"), "proxy")).isEqualTo(Origin.REALM);
    }

    @Test
    void fromTakesItsOwnUserAndDomain() {
        EffectiveGateway effective = of(
                "register=false", "username=u", "from-user=fu", "from-domain=fd.invalid", "realm=r.invalid", "ping=60");

        assertThat(effective.from()).isEqualTo("<sip:fu@fd.invalid>");
        assertThat(value(effective, "from-domain")).isEqualTo("fd.invalid");
        assertThat(value(effective, "options-uri")).isEqualTo("<sip:fd.invalid>");
        assertThat(value(effective, "register-to")).isEqualTo("<sip:fu@fd.invalid>");
    }

    @Test
    void distinctToIsTheUserAtTheProxy() {
        EffectiveGateway effective = of("register=false", "username=u", "from-user=fu", "realm=r", "distinct-to=true");

        assertThat(value(effective, "register-to")).isEqualTo("sip:u@r");
        assertThat(value(effective, "distinct-to")).isEqualTo("true");
    }

    @Test
    void authUserAndSchemeAndContextAreTakenWhenGiven() {
        EffectiveGateway effective = of(
                "register=false",
                "contact-params=a=b",
                "auth-username=au",
                "scheme=Basic",
                "context=inbound",
                "destination-prefix=9",
                "gw-auth-acl=acl");

        assertThat(value(effective, "auth-username")).isEqualTo("au");
        assertThat(value(effective, "scheme")).isEqualTo("Basic");
        assertThat(value(effective, "context")).isEqualTo("inbound");
        assertThat(origin(effective, "context")).isEqualTo(Origin.GIVEN);
        assertThat(value(effective, "destination-prefix")).isEqualTo("9");
        assertThat(value(effective, "gw-auth-acl")).isEqualTo("acl");
        assertThat(value(effective, "contact-params")).isEqualTo("a=b");
        assertThat(of("register=false").value("gw-auth-acl")).isEmpty();
    }

    @Test
    void contextIsTheProfilesElseDefault() {
        Gateway gateway = gateway("register=false");

        assertThat(value(EffectiveGateway.of(gateway, EXTERNAL), "context")).isEqualTo("public");
        assertThat(origin(EffectiveGateway.of(gateway, EXTERNAL), "context")).isEqualTo(Origin.PROFILE);
        assertThat(value(EffectiveGateway.of(gateway, EXTERNAL.withContext("")), "context"))
                .isEqualTo("default");
        EffectiveGateway unknown = EffectiveGateway.of(gateway, ProfileFacts.unknown("external"));
        assertThat(origin(unknown, "context")).isEqualTo(Origin.UNKNOWN_PROFILE);
        assertThat(unknown.statusFields())
                .doesNotContainKeys("context", "contact")
                .containsKey("realm");
    }

    @Test
    void proxiesGetASchemeWhenTheyHaveNone() {
        EffectiveGateway effective = of("register=false", "register-proxy=a.invalid", "outbound-proxy=SIPS:b.invalid");

        assertThat(effective.registerProxy()).hasValue("sip:a.invalid");
        assertThat(origin(effective, "register-proxy")).isEqualTo(Origin.SCHEME_ADDED);
        assertThat(effective.outboundProxy()).hasValue("SIPS:b.invalid");
        assertThat(origin(effective, "outbound-proxy")).isEqualTo(Origin.GIVEN);
        assertThat(of("register=false").registerProxy()).isEmpty();
        assertThat(of("register=false").outboundProxy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "60,60,DERIVED",
                "5,5,DERIVED",
                "4,3600,FREQUENCY_TOO_LOW",
                "0,3600,FREQUENCY_TOO_LOW",
                "abc,3600,FREQUENCY_TOO_LOW",
                "60x,60,DERIVED",
                "-5,-5,FREQUENCY_NEGATIVE",
                "4294967296,3600,FREQUENCY_TOO_LOW",
                " 60,60,DERIVED",
                "2147483648,-2147483648,FREQUENCY_NEGATIVE"
            })
    void expiresIsTheTextAndFrequencyTheNumber(String text, int frequency, Origin origin) {
        EffectiveGateway effective = of("register=false", "expire-seconds=" + text);

        assertThat(effective.expires()).isEqualTo(text);
        assertThat(effective.freq()).isEqualTo(frequency);
        assertThat(origin(effective, "freq")).isEqualTo(origin);
        assertThat(effective.value("freq").orElseThrow().givenText().isPresent())
                .isEqualTo(origin.isCoercion());
    }

    @ParameterizedTest
    @CsvSource({
        "retry-seconds,7,7,GIVEN", "retry-seconds,4,30,RETRY_TOO_LOW", "retry-seconds,-7,30,RETRY_TOO_LOW",
        "retry-seconds,7s,7,WHOLE_PART", "retry-seconds,5,5,GIVEN", "timeout-seconds,4,60,TIMEOUT_TOO_LOW",
        "timeout-seconds,5,5,GIVEN", "timeout-seconds,x,60,TIMEOUT_TOO_LOW", "timeout-seconds,9.5,9,WHOLE_PART",
        "908-retry-seconds,2,2,GIVEN", "908-retry-seconds,2x,2,WHOLE_PART"
    })
    void waitsBelowFiveAreReplaced(String parameter, String text, String used, Origin origin) {
        EffectiveGateway effective = of("register=false", parameter + "=" + text);

        assertThat(value(effective, parameter)).isEqualTo(used);
        assertThat(origin(effective, parameter)).isEqualTo(origin);
    }

    @Test
    void waitsHaveDefaults() {
        EffectiveGateway effective = of("register=false");

        assertThat(value(effective, "retry-seconds")).isEqualTo("30");
        assertThat(origin(effective, "retry-seconds")).isEqualTo(Origin.DEFAULT);
        assertThat(value(effective, "timeout-seconds")).isEqualTo("60");
        assertThat(effective.value("908-retry-seconds")).isEmpty();
    }

    @Test
    void lastOfRetryAndItsAliasWins() {
        assertThat(value(of("register=false", "retry_seconds=7", "retry-seconds=8"), "retry-seconds"))
                .isEqualTo("8");
        assertThat(value(of("register=false", "retry-seconds=8", "retry_seconds=7"), "retry-seconds"))
                .isEqualTo("7");
        assertThat(value(of("register=false", "retry-seconds=8", "retry_seconds="), "retry-seconds"))
                .isEqualTo("8");
    }

    @ParameterizedTest
    @CsvSource({
        "60,60,GIVEN,3,7",
        "5,5,GIVEN,3,7",
        "4,0,PING_TOO_LOW,0,0",
        "1,0,PING_TOO_LOW,0,0",
        "0,0,GIVEN,0,0",
        "off,0,WHOLE_PART,0,0",
        "60x,60,WHOLE_PART,3,7",
        "-1,-1,PING_NEVER,3,7"
    })
    void pingBelowFiveIsOff(String text, int frequency, Origin origin, String min, String max) {
        EffectiveGateway effective = of(
                "register=false",
                "ping=" + text,
                "ping-min=3",
                "ping-max=7",
                "ping-monitoring=true",
                "contact-in-ping=yes",
                "ping-user-agent=agent");
        boolean on = frequency != 0;

        assertThat(effective.pingFreq()).isEqualTo(frequency);
        assertThat(origin(effective, "pingfreq")).isEqualTo(origin);
        assertThat(value(effective, "pingmin")).isEqualTo(min);
        assertThat(value(effective, "pingmax")).isEqualTo(max);
        assertThat(origin(effective, "pingmax")).isEqualTo(on ? Origin.GIVEN : Origin.NEEDS_PING);
        assertThat(value(effective, "ping-monitoring")).isEqualTo(Boolean.toString(on));
        assertThat(origin(effective, "contact-in-ping")).isEqualTo(on ? Origin.GIVEN : Origin.NEEDS_PING);
        assertThat(value(effective, "ping-user-agent")).isEqualTo(on ? "agent" : "");
        assertThat(origin(effective, "ping-user-agent")).isEqualTo(on ? Origin.GIVEN : Origin.NEEDS_PING);
        assertThat(effective.value("options-uri").isPresent()).isEqualTo(on);
    }

    @Test
    void pingCountsAreOneByDefaultAndReadWithAtoi() {
        EffectiveGateway plain = of("register=false", "ping=60");
        EffectiveGateway odd = of("register=false", "ping=60", "ping-min=2x", "ping-max=-1");

        assertThat(value(plain, "pingmin")).isEqualTo("1");
        assertThat(value(plain, "pingmax")).isEqualTo("1");
        assertThat(origin(plain, "pingmax")).isEqualTo(Origin.DEFAULT);
        assertThat(value(odd, "pingmin")).isEqualTo("2");
        assertThat(origin(odd, "pingmin")).isEqualTo(Origin.WHOLE_PART);
        assertThat(value(odd, "pingmax")).isEqualTo("-1");
        EffectiveGateway off = of("register=false");
        assertThat(origin(off, "pingfreq")).isEqualTo(Origin.DEFAULT);
        assertThat(origin(off, "pingmin")).isEqualTo(Origin.DEFAULT);
        assertThat(off.value("ping-user-agent")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "udp,udp,GIVEN",
        "TCP,tcp,GIVEN",
        "tcpx,tcp,TRANSPORT_PREFIX",
        "sctp,sctp,GIVEN",
        "ws,udp,TRANSPORT_PREFIX"
    })
    void transportIsComparedByPrefix(String text, String transport, Origin origin) {
        EffectiveGateway effective = of("register=false", "register-transport=" + text);

        assertThat(effective.transport()).isEqualTo(transport);
        assertThat(origin(effective, "register-transport")).isEqualTo(origin);
        assertThat(effective.contact()).endsWith(";transport=" + transport + ";gw=gw1>");
    }

    @ParameterizedTest
    @CsvSource({
        "caller-id-in-from,1.0,true,GIVEN", "caller-id-in-from,0.5,false,GIVEN", "distinct-to,enable,false,NOT_TRUE",
        "extension-in-contact,enabled,true,GIVEN", "register,no,false,GIVEN", "register,enable,false,NOT_TRUE"
    })
    void booleansAreReadWithSwitchTrue(String parameter, String text, String used, Origin origin) {
        EffectiveGateway effective = of("username=u", "password=p", parameter + "=" + text);

        assertThat(value(effective, parameter)).isEqualTo(used);
        assertThat(origin(effective, parameter)).isEqualTo(origin);
    }

    @Test
    void contactIsTheGatewayOrItsExtension() {
        assertThat(of("register=false", "username=u").contact())
                .isEqualTo("<sip:gw+gw1@10.0.0.9:5080;transport=udp;gw=gw1>");
        assertThat(of("register=false", "username=u", "extension-in-contact=true")
                        .contact())
                .isEqualTo("<sip:u@10.0.0.9:5080;transport=udp;gw=gw1>");
        EffectiveGateway extension = of("register=false", "username=u", "extension-in-contact=true", "extension=e");
        assertThat(extension.contact()).isEqualTo("<sip:e@10.0.0.9:5080;transport=udp;gw=gw1>");
        assertThat(extension.exten()).isEqualTo("e");
        assertThat(origin(extension, "exten")).isEqualTo(Origin.GIVEN);
    }

    @ParameterizedTest
    @CsvSource({"a=b,;a=b", ";a=b,;a=b", "'',''"})
    void contactParamsStandInFront(String given, String written) {
        assertThat(of("register=false", "contact-params=" + given).contact())
                .isEqualTo("<sip:gw+gw1@10.0.0.9:5080" + written + ";transport=udp;gw=gw1>");
    }

    @ParameterizedTest
    @CsvSource({"sip-ip,10.0.0.9", "h.invalid,h.invalid", "::1,[::1]", "1.2.3.4:5080,[1.2.3.4:5080]", "[::1],[[::1]]"})
    void contactHostIsTakenAndBracketedWhenItHasAColon(String given, String written) {
        ProfileFacts outside = EXTERNAL.withAddress("10.0.0.9", "203.0.113.1");

        assertThat(EffectiveGateway.of(gateway("register=false", "contact-host=" + given), outside)
                        .contact())
                .isEqualTo("<sip:gw+gw1@" + written + ":5080;transport=udp;gw=gw1>");
    }

    @Test
    void contactShowsTheProfilesOutsideAddressAndTlsPort() {
        ProfileFacts outside = EXTERNAL.withAddress("10.0.0.9", "203.0.113.1")
                .withPorts(6080, 6081)
                .withSwitches(true, false, false);

        assertThat(EffectiveGateway.of(gateway("register=false"), outside).contact())
                .isEqualTo("<sip:gw+gw1@203.0.113.1:6080;transport=udp;gw=gw1>");
        assertThat(EffectiveGateway.of(gateway("register=false", "register-transport=tls"), outside)
                        .contact())
                .isEqualTo("<sip:gw+gw1@203.0.113.1:6081;transport=tls;gw=gw1>");
    }

    @Test
    void registrarInTheLocalNetworkGetsTheOwnAddressBehindNat() {
        ProfileFacts nat = EXTERNAL.withAddress("10.0.0.9", "203.0.113.1").withSwitches(false, false, true);
        Gateway local = gateway("register=false", "proxy=192.168.1.1:5060", "contact-host=h.invalid");

        assertThat(EffectiveGateway.of(local, nat).contact()).contains("@10.0.0.9:");
        assertThat(EffectiveGateway.of(gateway("register=false", "proxy=8.8.8.8"), nat)
                        .contact())
                .contains("@203.0.113.1:");
        ProfileFacts unknownNat =
                new ProfileFacts("external", "10.0.0.9", "203.0.113.1", 5080, 5081, "public", false, false, null);
        assertThat(EffectiveGateway.of(local, unknownNat).contact()).contains("@*:");
        assertThat(EffectiveGateway.of(gateway("register=false", "proxy=8.8.8.8"), unknownNat)
                        .contact())
                .contains("@203.0.113.1:");
        ProfileFacts sameAddress =
                new ProfileFacts("external", "10.0.0.9", "", 5080, 5081, "public", false, false, null);
        assertThat(EffectiveGateway.of(gateway("register=false", "proxy=sip:10.0.0.1"), sameAddress)
                        .contact())
                .contains("@10.0.0.9:");
    }

    @Test
    void instanceIdFollowsWhenGatewayAndProfileHaveRfc5626() {
        Gateway gateway = gateway("register=false", "rfc-5626=true", "reg-id=1");
        EffectiveGateway on = EffectiveGateway.of(gateway, EXTERNAL.withSwitches(false, true, false));
        EffectiveGateway off = EffectiveGateway.of(gateway, EXTERNAL);

        assertThat(on.contact()).isEqualTo("<sip:gw+gw1@10.0.0.9:5080;transport=udp;gw=gw1>*");
        assertThat(value(on, "rfc-5626")).isEqualTo("true");
        assertThat(value(on, "reg-id")).isEqualTo("1");
        assertThat(on.statusFields()).doesNotContainKey("contact");
        assertThat(off.contact()).isEqualTo("<sip:gw+gw1@10.0.0.9:5080;transport=udp;gw=gw1>");
        assertThat(origin(off, "rfc-5626")).isEqualTo(Origin.NEEDS_RFC_5626);
        assertThat(value(off, "reg-id")).isEmpty();
        assertThat(origin(off, "reg-id")).isEqualTo(Origin.NEEDS_RFC_5626);
        assertThat(EffectiveGateway.of(gateway, ProfileFacts.unknown("x")).contact())
                .endsWith(">*");
        assertThat(of("register=false", "rfc-5626=false").contact()).endsWith(">");
    }

    @Test
    void subscriptionsHaveTheirOwnDefaultsAndBounds() {
        Gateway gateway = gateway("register=false", "username=u", "realm=r").toBuilder()
                .subscription(new GatewaySubscription("plain", Map.of()))
                .subscription(new GatewaySubscription(
                        "given",
                        Map.of(
                                "expire-seconds", "60",
                                "retry-seconds", "10s",
                                "content-type", "a/b",
                                "username-in-request", "yes")))
                .subscription(new GatewaySubscription("low", Map.of("expire-seconds", "4", "retry-seconds", "9")))
                .build();
        EffectiveGateway effective = EffectiveGateway.of(gateway, EXTERNAL);

        assertThat(value(effective, "subscription.plain.expires")).isEqualTo("3600");
        assertThat(value(effective, "subscription.plain.freq")).isEqualTo("3598");
        assertThat(value(effective, "subscription.plain.retry-seconds")).isEqualTo("30");
        assertThat(origin(effective, "subscription.plain.retry-seconds")).isEqualTo(Origin.DEFAULT);
        assertThat(value(effective, "subscription.plain.content-type")).isEqualTo("NO_CONTENT_TYPE");
        assertThat(value(effective, "subscription.plain.request-uri")).isEqualTo("sip:r;transport=udp");
        assertThat(value(effective, "subscription.given.expires")).isEqualTo("60");
        assertThat(value(effective, "subscription.given.freq")).isEqualTo("58");
        assertThat(value(effective, "subscription.given.retry-seconds")).isEqualTo("10");
        assertThat(origin(effective, "subscription.given.retry-seconds")).isEqualTo(Origin.WHOLE_PART);
        assertThat(value(effective, "subscription.given.content-type")).isEqualTo("a/b");
        assertThat(origin(effective, "subscription.given.content-type")).isEqualTo(Origin.GIVEN);
        assertThat(value(effective, "subscription.given.request-uri")).isEqualTo("sip:u@r");
        assertThat(value(effective, "subscription.low.expires")).isEqualTo("4");
        assertThat(value(effective, "subscription.low.freq")).isEqualTo("3598");
        assertThat(origin(effective, "subscription.low.freq")).isEqualTo(Origin.FREQUENCY_TOO_LOW);
        assertThat(value(effective, "subscription.low.retry-seconds")).isEqualTo("30");
        assertThat(origin(effective, "subscription.low.retry-seconds")).isEqualTo(Origin.SUBSCRIPTION_RETRY_TOO_LOW);
    }

    @ParameterizedTest
    @CsvSource({
        "'',NO_USERNAME",
        "'username=u',NO_PASSWORD",
        "'password=p',NO_USERNAME",
        "'username=u|password=p|register-transport=ws',TRANSPORT",
        "'register=false|register-transport=x',TRANSPORT",
        "'register=false|register-transport=tls',TLS_OFF"
    })
    void skippedGatewaysHaveAReason(String pairs, SkipReason reason) {
        EffectiveGateway effective = of(pairs.isEmpty() ? new String[0] : pairs.split("\\|"));

        assertThat(effective.skipReason()).hasValue(reason);
        assertThat(effective.toString()).contains("skipped: " + reason.text(Locale.ENGLISH));
    }

    @Test
    void badNamesAreSkippedAndUnknownTlsIsNot() {
        assertThat(EffectiveGateway.of(named("a b", "register=false"), EXTERNAL).skipReason())
                .hasValue(SkipReason.NAME);
        assertThat(EffectiveGateway.of(gateway("register=false", "register-transport=tls"), ProfileFacts.unknown("x"))
                        .skipReason())
                .isEmpty();
        assertThat(of("username=u", "password=p").skipReason()).isEmpty();
    }

    @Test
    void coercionsSayWhatWasGivenAndWhy() {
        EffectiveGateway effective = of("register=false", "retry-seconds=3", "ping=2");

        assertThat(effective.coercions())
                .extracting(EffectiveValue::name, EffectiveValue::value, EffectiveValue::given)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("pingfreq", "0", "2"),
                        org.assertj.core.groups.Tuple.tuple("retry-seconds", "30", "3"));
        EffectiveValue retry = effective.value("retry-seconds").orElseThrow();
        assertThat(retry.reason(Locale.ENGLISH)).contains("30 is used");
        assertThat(retry.reason(Locale.SIMPLIFIED_CHINESE)).contains("使用 30");
        assertThat(retry).hasToString("retry-seconds=30 (given 3) [below 5 or no number: 30 is used]");
        assertThat(effective.value("realm").orElseThrow())
                .hasToString("realm=gw1 [" + Origin.NAME.text(Locale.ROOT) + "]");
        assertThat(effective.values()).hasSizeGreaterThan(25);
    }

    @Test
    void liveGatewayOfTheSameDefinitionDoesNotDiffer() {
        EffectiveGateway effective = of("username=u", "password=p", "realm=r.invalid");
        Map<String, String> live = new HashMap<>(effective.statusFields());
        live.put("state", "REGED");
        live.put("calls-in", "3");
        live.put("realm", " r.invalid\n");

        assertThat(effective.differingFields(live)).isEmpty();
        assertThat(effective.differingFields(Map.of())).isEmpty();
    }

    @Test
    void differingFieldsAreNamedInTheDocumentsOrder() {
        Map<String, String> live =
                of("username=u", "password=p", "realm=r.invalid").statusFields();

        assertThat(of("username=u", "realm=s.invalid", "expire-seconds=60", "context=c")
                        .differingFields(live))
                .containsExactly("realm", "password", "from", "to", "proxy", "context", "expires", "freq");
        assertThat(of("username=u", "password=p", "realm=r.invalid", "extension=x", "extension-in-contact=true")
                        .differingFields(live))
                .containsExactly("contact", "exten");
    }

    @Test
    void whatTheProfileHidesIsComparedAsFarAsItIsKnown() {
        Map<String, String> live =
                of("username=u", "password=p", "realm=r.invalid").statusFields();
        Gateway same = gateway("username=u", "password=p", "realm=r.invalid");
        Gateway tcp = gateway("username=u", "password=p", "realm=r.invalid", "register-transport=tcp");
        ProfileFacts unknown = ProfileFacts.unknown("external");

        assertThat(EffectiveGateway.of(same, unknown).differingFields(live)).isEmpty();
        assertThat(EffectiveGateway.of(tcp, unknown).differingFields(live)).containsExactly("contact");
        assertThat(EffectiveGateway.of(same, ProfileFacts.unknown("internal")).differingFields(live))
                .containsExactly("profile");
    }

    @ParameterizedTest
    @CsvSource({
        "h,5080,NO,<sip:u@h:5080;x>,true",
        "h,5080,NO,<sip:u@h:5081;x>,false",
        ",5080,NO,<sip:u@h.invalid:5080;x>,true",
        ",5080,NO,<sip:u@[::1]:5080;x>,true",
        ",5080,NO,<sip:u@h:50801;x>,false",
        ",5080,NO,<sip:v@h:5080;x>,false",
        "h,,NO,<sip:u@h:1;x>,true",
        "h,,NO,<sip:u@g:1;x>,false",
        "h,,NO,<sip:u@h:;x>,false",
        ",,NO,<sip:u@h:1;x>,true",
        ",,NO,<sip:u@h:1;y>,false",
        ",,NO,<sip:u@h:1;x>;reg-id=1,false",
        "h,5080,YES,<sip:u@h:5080;x>;reg-id=1;+sip.instance=\"y\",true",
        "h,5080,YES,<sip:u@h:5080;x>,false",
        "h,5080,UNKNOWN,<sip:u@h:5080;x>,true",
        "h,5080,UNKNOWN,<sip:u@h:5080;x>;reg-id=1,true",
        "h,5080,UNKNOWN,<sip:u@h:5080;x>;other,false"
    })
    void contactMatchesWhatItCanBe(
            String host, Integer port, Contact.Instance instance, String shown, boolean expected) {
        assertThat(new Contact("u", host, port, ";x", instance).matches(shown)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void originsSpeakBothLanguages(Origin origin) {
        assertThat(origin.text(Locale.ENGLISH)).isNotBlank().isASCII();
        assertThat(origin.text(Locale.CHINESE)).matches(".*\\p{IsHan}.*");
    }

    @ParameterizedTest
    @EnumSource(SkipReason.class)
    void skipReasonsSpeakBothLanguages(SkipReason reason) {
        assertThat(reason.text(Locale.ENGLISH)).isNotBlank().isASCII();
        assertThat(reason.text(Locale.CHINESE)).matches(".*\\p{IsHan}.*");
    }
}
