package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.ProfileFacts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Learns what a profile gives to its gateways from two of them, so that nobody has to tell it. */
final class ProfileProbe {
    private static final Pattern CONTACT = Pattern.compile("<contact>[^\\n]*@([^\\n]*):([0-9]+);");
    private static final Pattern CONTEXT = Pattern.compile("<context>([^<]*)</context>");

    private ProfileProbe() {}

    /** The gateways stay; their names begin with {@code ctitest-}. */
    static ProfileFacts of(SwitchUnderTest server, RawEventSocket client) {
        GatewayFile.of("ctitest-probe").param("register", "false").write(server.gatewayDirectory(), 0);
        GatewayFile.of("ctitest-probe-own")
                .param("register", "false")
                .param("contact-host", "sip-ip")
                .write(server.gatewayDirectory(), 1);
        String answer = client.api("sofia profile " + server.profile() + " rescan");
        String probe = client.api("sofia xmlstatus gateway ctitest-probe");
        assertThat(probe)
                .as(
                        "'rescan' of profile %s said '%s'; does it include %s/*.xml, and may FreeSWITCH read files there?",
                        server.profile(), answer.strip(), server.gatewayDirectory())
                .contains("<name>ctitest-probe</name>");
        Matcher contact = found(CONTACT, probe);
        String own = found(CONTACT, client.api("sofia xmlstatus gateway ctitest-probe-own"))
                .group(1);
        return new ProfileFacts(
                server.profile(),
                own,
                contact.group(1).equals(own) ? "" : contact.group(1),
                Integer.parseInt(contact.group(2)),
                null,
                found(CONTEXT, probe).group(1),
                false,
                false,
                false);
    }

    private static Matcher found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher;
    }
}
