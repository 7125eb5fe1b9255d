package io.github.ctigateway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One value at a time. Rows marked "seen" are what a running FreeSWITCH 1.11.3-dev did with it, a registrar on the other side. */
class ParameterValuesTest {
    private static final GatewayValidator VALIDATOR = GatewayValidator.create();

    /** Parameter, value, expected code; none when it is fine. */
    private static final List<String> VALUES = List.of(
            // Booleans
            "caller-id-in-from|true|",
            "caller-id-in-from|1.0|",
            "caller-id-in-from|No|",
            "caller-id-in-from|0|",
            "caller-id-in-from|0.0|",
            "caller-id-in-from|allow|",
            "caller-id-in-from|True |param.boolean.odd",
            "caller-id-in-from|enable|param.boolean.odd",
            "caller-id-in-from|0.5|param.boolean.odd",
            "caller-id-in-from|y|param.boolean.odd",
            "distinct-to|.9|param.boolean.odd",
            "distinct-to|1e0|param.boolean.odd",
            "rfc-5626|nope|param.boolean.odd",
            "extension-in-contact| true|param.boolean.odd",
            // The lifetime (seen)
            "expire-seconds|60|",
            "expire-seconds|5|",
            "expire-seconds|2147483647|",
            "expire-seconds|0060|",
            "expire-seconds|4|param.expire-seconds.low",
            "expire-seconds|1|param.expire-seconds.low",
            "expire-seconds|0|param.expire-seconds.zero",
            "expire-seconds|60x|param.expire-seconds.malformed",
            "expire-seconds|+60|param.expire-seconds.malformed",
            "expire-seconds|-5|param.expire-seconds.malformed",
            "expire-seconds|abc|param.expire-seconds.malformed",
            "expire-seconds|60.5|param.expire-seconds.malformed",
            "expire-seconds| 60|value.blank-edges",
            "expire-seconds|60 |value.blank-edges",
            "expire-seconds|2147483648|param.number.partial",
            "expire-seconds|4294967296|param.number.partial",
            "expire-seconds|99999999999999999999|param.number.partial",
            // Other seconds
            "retry-seconds|5|",
            "retry-seconds|4|param.coerced",
            "retry-seconds|-9|param.coerced",
            "retry-seconds|x|param.coerced",
            "retry-seconds|30s|param.number.partial",
            "retry-seconds|+30|param.number.partial",
            "retry_seconds|30|param.alias",
            "timeout-seconds|5|",
            "timeout-seconds|0|param.coerced",
            "timeout-seconds|60.5|param.number.partial",
            "timeout-seconds|60 |value.blank-edges",
            "908-retry-seconds|1|",
            "908-retry-seconds|soon|param.number.partial",
            "908-retry-seconds|-1|param.number.partial",
            "timeout-seconds|4294967301|param.number.partial",
            // Ping
            "ping|5|",
            "ping|0|",
            "ping|1|param.ping.off",
            "ping|4|param.ping.off",
            "ping|-1|param.ping.never-sent",
            "ping|off|param.number.partial",
            "ping|60x|param.number.partial",
            "ping-max|3|param.ignored",
            "ping-min|3|param.ignored",
            "ping-user-agent|x|param.ignored",
            "ping-monitoring|true|param.ignored",
            "contact-in-ping|yes|param.ignored",
            "ping-monitoring|false|",
            "contact-in-ping|0|",
            // Transports (seen)
            "register-transport|udp|",
            "register-transport|TCP|",
            "register-transport|sctp|",
            "register-transport|tls|param.transport.needs-tls",
            "register-transport|ws|param.transport.unknown",
            "register-transport| udp|param.transport.unknown",
            "register-transport|tcpx|param.transport.prefix",
            // Hosts (seen)
            "proxy|h.invalid|",
            "proxy|h.invalid:5070|",
            "proxy|h;transport=tcp|",
            "proxy|[::1]:5070|",
            "proxy|1.2.3.4|",
            "proxy|sip:h|param.host.scheme",
            "proxy|SIPS:h|param.host.scheme",
            "proxy|::1|param.host.ipv6-brackets",
            "proxy|2001:db8::1|param.host.ipv6-brackets",
            "proxy|h:70000|param.port.invalid",
            "proxy|h:0|param.port.invalid",
            "proxy|h:x|param.port.invalid",
            "proxy|h:|param.port.invalid",
            "proxy|h h|param.host.invalid",
            "proxy|h :1|param.host.invalid",
            "proxy|a@h|param.host.invalid",
            "proxy|1.2.3.999|param.host.invalid",
            "proxy|1.2.3|param.host.invalid",
            "proxy|a:b:c|param.host.invalid",
            "proxy|中文|param.host.invalid",
            "proxy|:5060|param.host.invalid",
            "proxy|[::1|param.host.invalid",
            "proxy|[zz]:1|param.host.invalid",
            "proxy|[::1]:x|param.port.invalid",
            "realm|sip:h|param.host.scheme",
            "realm|h h|param.host.invalid",
            "from-domain|fd.invalid:5099|",
            "from-domain|sip:fd|param.host.scheme",
            "from-domain|f d|param.host.invalid",
            "register-proxy|sip:h:5060|",
            "register-proxy|h|",
            "register-proxy|sips:u@h;lr|",
            "register-proxy|sip:h h|param.host.invalid",
            "outbound-proxy|h:99999|param.port.invalid",
            "outbound-proxy|tel:1|",
            "contact-host|sip-ip|",
            "contact-host|1.2.3.4|",
            "contact-host|::1|",
            "contact-host|h.invalid|",
            "contact-host|[::1]|param.contact-host.invalid",
            "contact-host|1.2.3.4:5080|param.contact-host.invalid",
            "contact-host|sip:h|param.host.scheme",
            "contact-host|h h|param.host.invalid",
            // Users (seen)
            "username|a-b_c.d!~*'()+$&=/|",
            "username|a%41b|",
            "username|a b|param.user.broken",
            "username|a>b|param.user.broken",
            "username|a;b|param.user.broken",
            "username|a?b|param.user.broken",
            "username|a,b|param.user.broken",
            "username|a%b|param.user.broken",
            "username|a%4|param.user.broken",
            "username|%41|",
            "username|a%4g|param.user.broken",
            "username|a%g4|param.user.broken",
            "password|:a|param.credentials.colon",
            "context|a\ud800|value.not-xml",
            "context|\ud800a|value.not-xml",
            "context|\ud800\ud800|value.not-xml",
            "context|\udc00|value.not-xml",
            "context|a\udc00|value.not-xml",
            "context|\ud83d\ude00\ud83d\ude00|",
            "context|\ufffe|value.not-xml",
            "context|\ufffd|",
            "context|a\u0085b|value.control-character",
            "password|a$${|value.needs-hardened-xml",
            "username|a@b|param.user.characters",
            "username|a<b|param.user.characters",
            "username|中|param.user.characters",
            "username|a#b|param.user.characters",
            "from-user|a b|param.user.broken",
            "from-user|a@b|param.user.characters",
            // Credentials (seen)
            "password|a:b|param.credentials.colon",
            "auth-username|c:u|param.credentials.colon",
            "password|a\"b'c%d e$|",
            "password| p|value.blank-edges",
            // Texts
            "destination-prefix|a\u0000b|value.not-xml",
            "context|a\nb|value.control-character",
            "context|a\u007fb|value.control-character",
            "contact-params|a=b\r\nX: y|value.control-character",
            "password|a$${b}|value.needs-hardened-xml",
            "password|<?x|value.needs-hardened-xml",
            "password|X-Pre-Process|value.needs-hardened-xml",
            "password|a\nb|value.needs-hardened-xml",
            "password|<Include>|value.needs-hardened-xml",
            "password|a-b<c$d|",
            "context|😀|",
            "context|\uffff|value.not-xml",
            "context| x|value.blank-edges",
            "contact-params|a=b|",
            "contact-params|transport=tcp|param.contact-params.twice",
            "contact-params|;GW=x|param.contact-params.twice",
            "contact-params|mygw=x|",
            "scheme|Digest|param.without-effect",
            "reg-id|1|param.ignored",
            "rfc-5626|true|param.reg-id.missing",
            "rfc-5626|false|",
            // Names
            "Realm|x|param.unknown",
            "expire_seconds|60|param.unknown",
            "foo|x|param.unknown",
            "foo||",
            "sip_cid_type|x|param.dead.use-variable",
            "absolute_codec_string|x|param.dead.use-variable",
            "sip_sticky_contact|true|param.dead.use-variable",
            "p:caller_id_number|1|param.dead.use-variable",
            "rtp_x|1|param.dead.use-variable");

    static Stream<String> values() {
        return VALUES.stream();
    }

    @ParameterizedTest
    @MethodSource("values")
    void eachValueIsJudgedAsModSofiaTakesIt(String row) {
        String[] columns = row.split("\\|", -1);
        String parameter = columns[0];
        String value = columns[1];
        String code = columns[2];
        List<String> found =
                VALIDATOR.validate(GatewayValidatorTest.good(parameter + "=" + value)).violations().stream()
                        .map(violation -> violation.code() + " " + violation.path())
                        .toList();
        String path = parameter.equals("rfc-5626") && value.equals("true") ? "param.reg-id" : "param." + parameter;

        if (code.isEmpty()) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).containsExactly(code + " " + path);
        }
    }
}
