package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.EffectiveGateway;
import io.github.ctigateway.model.Gateway;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the model predicts of a gateway is what the server's xmlstatus shows, field by field, and it is skipped when the model says so: on
 * the simulator and, where there is one, on a real FreeSWITCH.
 */
public abstract class EffectiveGatewayContract extends ContractCases {
    private static final String NAME = "ctitest-effective-";

    private static final Pattern ELEMENT = Pattern.compile("    <([a-z-]+)>(.*?)</\\1>\n", Pattern.DOTALL);

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "4",
            "5",
            "60x",
            "+60",
            " 60",
            "60 ",
            "4294967296",
            "3000000000",
            "99999999999999999999",
            "4294967301",
            "abc",
            "\t7",
            "0x10",
            "1e3",
            "2147483648");

    private static final List<String> BOOLEANS = List.of(
            "1.0",
            "0.5",
            ".",
            "+1",
            "-1",
            " true",
            "True ",
            "enable",
            "enabled",
            "allow",
            "T",
            "1e0",
            "00",
            "4294967297",
            "no",
            "y");

    private static final List<String> HOSTS = List.of(
            "sip:h.invalid",
            "SIP:h.invalid",
            "sips:h.invalid",
            "h;transport=tcp",
            "h;TRANSPORT=tcp",
            "h:5070",
            "::1",
            "[::1]:5070",
            "a@b");

    private final List<Gateway> gateways = new ArrayList<>();

    private void define(String... pairs) {
        Gateway.Builder builder = Gateway.builder(NAME + gateways.size());
        for (String pair : pairs) {
            builder.set(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        gateways.add(builder.build());
    }

    private void defineAll() {
        for (String value : BOOLEANS) {
            define("register=" + value, "username=u", "password=p", "realm=r", "proxy=127.0.0.1:9");
            define("register=false", "extension=E", "extension-in-contact=" + value);
        }
        for (String value : NUMBERS) {
            define("register=false", "expire-seconds=" + value);
            define("register=false", "ping=" + value, "ping-min=3", "ping-max=7");
            define("register=false", "ping=60", "ping-min=" + value, "ping-max=" + value);
        }
        for (String value : HOSTS) {
            define("register=false", "username=u", "proxy=" + value);
            define("register=false", "username=u", "realm=" + value);
            define("register=false", "username=u", "realm=r", "from-domain=" + value);
            define("register=false", "contact-host=" + value);
        }
        for (String value : List.of("udp", "TCP", "sctp", "tcpx", "ws", "tls", "ud")) {
            define("register=false", "register-transport=" + value);
        }
        define();
        define("username=u");
        define("password=p");
        define("register=false", "proxy=p.invalid");
        define("register=false", "contact-host=sip-ip");
        define("register=false", "contact-params=a=b");
        define("register=false", "contact-params=;a=b");
        define("register=false", "from-user=f", "username=u");
        define("register=false", "context=c", "scheme=Basic", "password=p", "auth-username=a");
        define("register=false", "username=a<b>&\"'c", "extension=e<x>&\"'");
        define("register=false", "extension=auto_to_user");
        define("register=false", "Realm=x", "unknown=y");
    }

    @Test
    void predictionIsWhatTheServerShows() {
        defineAll();
        gateways.forEach(gateway -> {
            GatewayFile file = GatewayFile.of(gateway.name());
            gateway.parameters().forEach(file::param);
            publish(file);
        });
        profile("rescan");

        for (Gateway gateway : gateways) {
            compare(EffectiveGateway.of(gateway, facts()), shown(gateway.name()));
        }
    }

    private static void compare(EffectiveGateway effective, String shown) {
        assertThat(shown.startsWith("Invalid Gateway!"))
                .as("skipped: %s", effective)
                .isEqualTo(effective.skipReason().isPresent());
        if (effective.skipReason().isEmpty()) {
            Map<String, String> fields = fields(shown);
            assertThat(effective.differingFields(fields))
                    .as("%s, shown %s", effective, fields)
                    .isEmpty();
        }
    }

    private String shown(String name) {
        return client().api("sofia xmlstatus gateway " + name);
    }

    private static Map<String, String> fields(String shown) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher element = ELEMENT.matcher(shown);
        while (element.find()) {
            boolean escaped = List.of("from", "contact", "exten").contains(element.group(1));
            fields.put(element.group(1), escaped ? plain(element.group(2)) : element.group(2));
        }
        return fields;
    }

    private static String plain(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
