package io.github.ctigateway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FindingTest {
    /** Surefire runs in the module's directory. */
    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+(-[a-z0-9]+)*)+");

    @ParameterizedTest
    @EnumSource(Finding.class)
    void eachSpeaksBothLanguages(Finding finding) {
        assertThat(finding.code()).matches(CODE);
        assertThat(finding.cause(Locale.ENGLISH)).isNotBlank().isASCII();
        assertThat(finding.cure(Locale.ENGLISH)).isNotBlank().isASCII();
        assertThat(finding.cause(Locale.SIMPLIFIED_CHINESE)).matches(".*\\p{IsHan}.*");
        assertThat(finding.cure(Locale.SIMPLIFIED_CHINESE)).matches(".*(\\p{IsHan}|\\{1}).*");
        assertThat(places(finding.cause(Locale.CHINESE))).isEqualTo(places(finding.cause(Locale.ENGLISH)));
        assertThat(places(finding.cure(Locale.CHINESE))).isEqualTo(places(finding.cure(Locale.ENGLISH)));
    }

    private static List<String> places(String template) {
        return Pattern.compile("\\{\\d}")
                .matcher(template)
                .results()
                .map(result -> result.group())
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void codesAreUnique() {
        assertThat(Arrays.stream(Finding.values()).map(Finding::code)).doesNotHaveDuplicates();
    }

    /** The table is written by hand from what this test says, so that nobody forgets the document. */
    @ParameterizedTest
    @CsvSource({"validation.md,en", "validation.zh-CN.md,zh-CN"})
    void documentsListEveryFinding(String document, String language) throws IOException {
        List<String> table = Files.readAllLines(DOCS.resolve(document)).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(table).containsExactlyElementsOf(rows(Locale.forLanguageTag(language)));
    }

    private static List<String> rows(Locale locale) {
        return Arrays.stream(Finding.values())
                .map(finding -> "| `" + finding.code() + "` | " + finding.severity() + " | "
                        + shown(finding.cause(locale)) + " | " + shown(finding.cure(locale)) + " |")
                .toList();
    }

    /** Markdown takes angle brackets and bars for its own. */
    private static String shown(String template) {
        return template.replaceAll("'?\\{\\d}'?", "…").replace("|", "\\|").replace("<", "&lt;");
    }

    @ParameterizedTest
    @CsvSource({
        "'','',0",
        "abc,abc,0",
        "abc,abd,1",
        "abc,ab,1",
        "abc,abcd,1",
        "abc,acb,1",
        "abcd,badc,2",
        "kitten,sitting,3",
        "'',abc,3",
        "ab,ba,1",
        "ca,abc,3"
    })
    void distanceCountsEditsAndSwaps(String a, String b, int expected) {
        assertThat(NearMiss.distance(a, b)).isEqualTo(expected);
        assertThat(NearMiss.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void shortNamesMayDifferInOnePlaceOnly() {
        assertThat(NearMiss.of("pong", List.of("ping"))).hasValue("ping");
        assertThat(NearMiss.of("pang!", List.of("ping"))).isEmpty();
        assertThat(NearMiss.of("usernam", List.of("username", "usernamx"))).hasValue("username");
        assertThat(NearMiss.of("userxxme", List.of("username"))).hasValue("username");
        assertThat(NearMiss.of("usexxxme", List.of("username"))).isEmpty();
        assertThat(NearMiss.of(" Auth_User Name", List.of("auth-username"))).hasValue("auth-username");
        assertThat(NearMiss.of("x".repeat(41), List.of("x".repeat(41)))).isEmpty();
        assertThat(NearMiss.of("x".repeat(40), List.of("x".repeat(40)))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "h,true", "a.b.c,true", "a-b.c_d,true", "1.2.3.4,true", "255.255.255.255,true", "a.,true", "1a.2,true",
                "'',false", ".,false",
        "..,false", ".a,false", "a..b,false", "-a,false", "a-,false", "a.-b,false", "a.b-,false", "256.1.1.1,false",
                "1.2.3,false",
        "1.2.3.4.5,false", "1.2.3.0004,false", "12,false", "1.2.3.4.,false", "a b,false", "a/b,false", "a:b,false",
                "é,false", "a@b,false",
        "A.Z.z.0.9,true", "[a],false", "`,false", "{,false"
    })
    void hostsAreNamesOrAddresses(String host, boolean expected) {
        assertThat(AddressChecks.isHost(host)).isEqualTo(expected);
    }

    @Test
    void hostsHaveAtMost253Characters() {
        assertThat(AddressChecks.isHost("a".repeat(253))).isTrue();
        assertThat(AddressChecks.isHost("a".repeat(254))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "::,true",
        "::1,true",
        "1::,true",
        "2001:db8::1,true",
        "1:2:3:4:5:6:7:8,true",
        "1:2:3:4:5:6:1.2.3.4,true",
        "::ffff:1.2.3.4,true",
        "ABCD::ef01,true",
        "1:2:3:4:5:6:7,false",
        "1:2:3:4:5:6:7:8:9,false",
        "1::2::3,false",
        "1:::2,false",
        "12345::,false",
        "g::,false",
        "::1.2.3,false",
        "::1.2.3.999,false",
        "1.2.3.4::,false",
        "1:2:3:4:5:6:7:1.2.3.4,false",
        "'',false",
        "1:2:3:4::5:6:7:8,false",
        "1:2:3::5:6:7:8,true",
        "::a.b.c.d,false"
    })
    void ipv6AddressesHaveEightGroupsOrAGap(String address, boolean expected) {
        assertThat(AddressChecks.isIpv6(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1,true",
        "65535,true",
        "05060,true",
        "0,false",
        "65536,false",
        "99999,false",
        "123456,false",
        "'',false",
        "x,false",
        "-1,false"
    })
    void portsAreNumbersOfSixteenBits(String port, boolean expected) {
        assertThat(AddressChecks.isPort(port)).isEqualTo(expected);
    }
}
