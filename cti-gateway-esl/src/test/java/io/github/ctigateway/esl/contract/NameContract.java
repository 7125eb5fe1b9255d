package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ctigateway.esl.contract.SwitchUnderTest.SecondProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names are the switch's and not the profile's. Not run on a server that was given without a second profile. */
public abstract class NameContract extends ContractCases {
    private static final Pattern NAME = Pattern.compile("<name>ctitest-same</name>");

    @SuppressWarnings("NullAway.Init") // set before each case
    private SecondProfile second;

    /** Only then is everything in it ours to remove. */
    private boolean empty;

    @BeforeEach
    final void needsASecondProfile() {
        assumeTrue(server().secondProfile().isPresent(), "no -Dfreeswitch.second-profile was given");
        second = server().secondProfile().orElseThrow();
        empty = !client().api("sofia xmlstatus gateway").contains("<profile>" + second.name() + "<");
        assumeTrue(empty, "the second profile has gateways that are not ours");
    }

    @AfterEach
    final void emptyTheSecondProfile() throws IOException {
        if (empty) {
            Files.deleteIfExists(second.gatewayDirectory().resolve("ctitest-00000.xml"));
            // By name nobody reaches them.
            onSecond("killgw _all_");
            within(5, () -> occurrences() == 0);
        }
    }

    private String onSecond(String words) {
        return client().api("sofia profile " + second.name() + " " + words);
    }

    private long occurrences() {
        return NAME.matcher(client().api("sofia xmlstatus gateway")).results().count();
    }

    private String profileOfTheName() {
        return client().api("sofia xmlstatus gateway ctitest-same").replaceAll("(?s).*<profile>(.*)</profile>.*", "$1");
    }

    @Test
    void sameNameOnASecondProfileIsOutOfReachByName() {
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(quiet("ctitest-same"));
            quiet("ctitest-same").write(second.gatewayDirectory(), 0);
            assertThat(onSecond("rescan")).contains("+OK scan complete");
            assertThat(occurrences()).isEqualTo(2);
            assertThat(onSecond("rescan")).contains("+OK scan complete");
            assertThat(occurrences()).as("each rescan appends one more").isEqualTo(3);
            assertThat(profileOfTheName()).isEqualTo(server().profile());

            assertThat(onSecond("killgw " + second.name() + "::ctitest-same")).isEqualTo("-ERR no such gateway.\n");
            assertThat(onSecond("killgw ctitest-same")).isEqualTo("+OK gateway marked for deletion.\n");
            within(5, () -> occurrences() == 2);
            within(3, () -> watch.of("ctitest-same").size() == 2);

            assertThat(watch.of("ctitest-same"))
                    .containsExactly("add profile=" + server().profile(), "delete profile=" + server().profile());
            assertThat(profileOfTheName()).isEqualTo("Invalid Gateway!\n");
            assertThat(onSecond("killgw ctitest-same")).isEqualTo("-ERR no such gateway.\n");
        }
    }
}
