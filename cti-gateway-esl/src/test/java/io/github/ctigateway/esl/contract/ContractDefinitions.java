package io.github.ctigateway.esl.contract;

import java.util.ArrayList;
import java.util.List;

/** Definitions that try everything that mod_sofia does with a gateway's parameters and that {@code xmlstatus} shows. */
final class ContractDefinitions {
    private final List<GatewayFile> files = new ArrayList<>();

    private ContractDefinitions() {}

    /** Names begin with {@code ctitest-}; pings go to this address and must be answered. */
    static List<GatewayFile> all(String pinged) {
        ContractDefinitions all = new ContractDefinitions();
        all.registration();
        all.addresses();
        all.numbers(pinged);
        all.contacts();
        all.names();
        return List.copyOf(all.files);
    }

    private GatewayFile add(String name) {
        GatewayFile file = GatewayFile.of("ctitest-" + name);
        files.add(file);
        return file;
    }

    private GatewayFile quiet(String name) {
        return add(name).param("register", "false");
    }

    private void registration() {
        add("empty");
        quiet("bare");
        List<String> words = List.of(
                "yes", "on", "true", "t", "enabled", "active", "allow", "1", "2", "-1", "TRUE", "enable", "no", "",
                "false", "0", "Yes ", " yes", "1.5", "0.0", "0.5", "+1", "1x", "y");
        for (int i = 0; i < words.size(); i++) {
            add("register-" + i)
                    .param("register", words.get(i))
                    .param("username", "u")
                    .param("password", "p")
                    .param("realm", "192.0.2.1");
        }
        add("user-only").param("username", "u").param("realm", "192.0.2.1");
        add("password-only").param("password", "p").param("realm", "192.0.2.1");
        add("empty-user").param("username", "").param("password", "p").param("realm", "192.0.2.1");
        quiet("user-no-password").param("username", "u");
        quiet("password").param("username", "u").param("password", "p");
        quiet("twice").param("username", "first").param("username", "second");
        quiet("wrong-case").param("Username", "u").param("REALM", "r");
        quiet("unknown").param("no-such-parameter", "x").param("sip_cid_type", "pid");
        quiet("hostile")
                .param("username", "a&b<c>\"d'e")
                .param("realm", "中文&<r>")
                .param("extension", "x&<y>\"'")
                .param("context", "c&<d>");
    }

    private void addresses() {
        quiet("realm").param("realm", "r.example:5070");
        quiet("proxy").param("proxy", "p.example:5070");
        quiet("realm-proxy").param("realm", "r.example").param("proxy", "p.example");
        quiet("proxy-sip").param("proxy", "sip:p.example");
        quiet("proxy-SIP").param("proxy", "SIP:p.example");
        quiet("proxy-sips").param("proxy", "sips:p.example");
        quiet("proxy-transport").param("proxy", "p.example;transport=tcp");
        quiet("from-user").param("username", "u").param("from-user", "f");
        quiet("from-domain").param("proxy", "p.example").param("from-domain", "d.example");
        quiet("auth-username").param("username", "u").param("auth-username", "a");
        quiet("register-proxy").param("register-proxy", "rp.example").param("outbound-proxy", "sip:op.example");
        quiet("distinct-to").param("username", "u").param("proxy", "p.example").param("distinct-to", "true");
        quiet("context").param("context", "c");
        quiet("context-empty").param("context", "");
        quiet("scheme").param("scheme", "Basic");
        quiet("scheme-empty").param("scheme", "");
    }

    private void numbers(String pinged) {
        List<String> seconds = List.of("60", "3", "4", "5", "abc", "60x", "", " 90", "0x10", "-7", "+8", "99999999999");
        for (int i = 0; i < seconds.size(); i++) {
            quiet("expire-" + i).param("expire-seconds", seconds.get(i));
        }
        List<String> pings = List.of("5", "4", "0", "-3", "10x", "", "30");
        for (int i = 0; i < pings.size(); i++) {
            quiet("ping-" + i)
                    .param("realm", pinged)
                    .param("ping", pings.get(i))
                    .param("ping-max", "7")
                    .param("ping-min", "3");
        }
        quiet("ping-alone").param("ping", "3600");
        quiet("ping-limits-alone").param("ping-max", "7").param("ping-min", "3");
    }

    private void contacts() {
        quiet("extension").param("username", "u").param("extension", "e");
        quiet("extension-in-contact").param("extension", "e").param("extension-in-contact", "true");
        quiet("user-in-contact").param("username", "u").param("extension-in-contact", "true");
        List<String> hosts = List.of("h.example", "sip-ip", "", "::1", "192.0.2.9");
        for (int i = 0; i < hosts.size(); i++) {
            quiet("contact-host-" + i).param("contact-host", hosts.get(i));
        }
        List<String> params = List.of("a=b", ";a=b", "", "a=b;c");
        for (int i = 0; i < params.size(); i++) {
            quiet("contact-params-" + i).param("contact-params", params.get(i));
        }
        List<String> transports = List.of("udp", "tcp", "sctp", "tls", "UDP", "udpx", "ws", "wss", "", "x");
        for (int i = 0; i < transports.size(); i++) {
            quiet("transport-" + i).param("register-transport", transports.get(i));
        }
        quiet("rfc5626").param("rfc-5626", "true").param("reg-id", "1");
    }

    private void names() {
        quiet("a b");
        quiet("a/b");
        quiet("中");
        quiet("a.b_c-d");
        quiet("case").param("realm", "lower");
        quiet("CASE").param("realm", "upper");
        quiet("same").param("realm", "first");
        quiet("same").param("realm", "second");
        quiet("é");
        quiet("a:b");
        quiet("a::b");
    }
}
