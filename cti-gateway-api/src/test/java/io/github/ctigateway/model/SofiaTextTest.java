package io.github.ctigateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row was also seen on a running FreeSWITCH 1.11.3-dev, as the Contact or a number of xmlstatus. */
class SofiaTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "on",
                "true",
                "t",
                "enabled",
                "active",
                "allow",
                "On",
                "T",
                "ENABLED",
                "1",
                "2",
                "1.0",
                "+1",
                "-1",
                "1.2.3",
                "4294967297"
            })
    void switchTrueTakesItsWordsAndNumbersWithAWholePart(String value) {
        assertThat(SofiaText.isTrue(value)).isTrue();
        assertThat(SofiaText.isFalse(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "off",
                "false",
                "f",
                "disabled",
                "inactive",
                "disallow",
                "FALSE",
                "0",
                "00",
                "0.5",
                ".5",
                ".",
                "+",
                "-",
                "",
                "4294967296"
            })
    void switchFalseTakesItsWordsAndNumbersWithoutAWholePart(String value) {
        assertThat(SofiaText.isFalse(value)).isTrue();
        assertThat(SofiaText.isTrue(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " true", "True ", "enable", "y", "n", "1e0", "--1", "trüe", "yeſ", "1 ", "/", ":", "1:", "1/", "allows"
            })
    void whatIsNeitherCountsAsFalse(String value) {
        assertThat(SofiaText.isTrue(value)).isFalse();
        assertThat(SofiaText.isFalse(value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "60,60",
                "60x,60",
                "+60,60",
                "-5,-5",
                " 60,60",
                "60 ,60",
                "\t7,7",
                "\r7,7",
                "'',0",
                "abc,0",
                "x60,0",
                "0x10,0",
                "1e3,1",
                "-,0",
                "+-1,0",
                "2147483647,2147483647",
                "2147483648,-2147483648",
                "4294967296,0",
                "3000000000,-1294967296",
                "4294967301,5",
                "9223372036854775807,-1",
                "9223372036854775808,-1",
                "99999999999999999999,-1",
                "-99999999999999999999,0",
                "-9223372036854775808,0",
                "60.9,60",
                "9:,9",
                "9/,9"
            })
    void atoiReadsLeadingDigitsAndWraps(String value, int expected) {
        assertThat(SofiaText.atoi(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,true", "19,true", "'',false", "1a,false", "/1,false", ":1,false", "-1,false"})
    void digitsAreDigitsOnly(String value, boolean expected) {
        assertThat(SofiaText.isDigits(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"udp,udp", "TcP,tcp", "sctp,sctp", "TLS,tls", "tcpx,tcp", "'udp,tcp',udp"})
    void transportsAreComparedByPrefix(String value, String expected) {
        assertThat(SofiaText.transport(value)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ud", "ws", "wss", " udp", "sct", "[dp"})
    void otherTransportsAreUnknown(String value) {
        assertThat(SofiaText.transport(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:h:5060,h",
        "SIPS:h,h",
        "h:5060,h",
        "h,h",
        "[::1]:5060,[::1]",
        "[::1],[::1]",
        "[::1];x:1,[::1];x:1",
        "h;transport=tcp,h;transport=tcp",
        "::1,:",
        "asip:h,asip"
    })
    void hostLosesSchemeAndPort(String uri, String expected) {
        assertThat(SofiaText.host(uri)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"sip:h:5060,h", "sip:sip:h,sip", "sip:10.0.0.1,10.0.0.1", "h,''", "asip:h,h"})
    void registerHostStandsBehindTheFirstScheme(String uri, String expected) {
        assertThat(SofiaText.registerHost(uri)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.1.1,true", "192.168.9.9,true", "127.0.0.1,true", "172.16.0.1,true", "172.31.0.1,true", "172.15.0.1,false",
        "172.32.0.1,false", "169.254.1.1,true", "192.0.2.7,true", "1.1.1.1,true", "2.2.2.2,true", "3.3.3.3,false",
        "11.0.0.1,false", "255.1.1.1,true", "0.0.0.0,true", "example.com,false", "'',false"
    })
    void localNetworksAreThoseThatFreeSwitchNames(String ip, boolean expected) {
        assertThat(SofiaText.isLanAddress(ip)).isEqualTo(expected);
    }

    @Test
    void schemesAreSipAndSipsInAnyCase() {
        assertThat(SofiaText.hasScheme("sip:h")).isTrue();
        assertThat(SofiaText.hasScheme("SIPS:h")).isTrue();
        assertThat(SofiaText.hasScheme("sip")).isFalse();
        assertThat(SofiaText.hasScheme("tel:1")).isFalse();
    }

    @Test
    void searchIgnoresAsciiCase() {
        assertThat(SofiaText.indexOfIgnoringCase("h;TransPort=x", "transport=")).isEqualTo(2);
        assertThat(SofiaText.indexOfIgnoringCase("transport", "transport=")).isEqualTo(-1);
        assertThat(SofiaText.indexOfIgnoringCase("AZ", "az")).isZero();
    }
}
