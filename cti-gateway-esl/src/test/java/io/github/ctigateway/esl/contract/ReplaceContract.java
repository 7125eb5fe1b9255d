package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.contract.TestRegistrar.Challenge;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Replacing gateways: what goes wrong when it is done at once, and what holds when each removal is awaited. */
public abstract class ReplaceContract extends ContractCases {
    private static final int REPLACED = 20;

    private GatewayFile[] replaced(String realm) {
        return IntStream.range(0, REPLACED)
                .mapToObj(i -> registering("ctitest-r" + i, "r" + i).param("realm", realm))
                .toArray(GatewayFile[]::new);
    }

    private static List<String> users() {
        return IntStream.range(0, REPLACED).mapToObj(i -> "r" + i).toList();
    }

    private void allRegistered(GatewayWatch watch) {
        within(
                20,
                () -> IntStream.range(0, REPLACED)
                        .allMatch(i -> last(watch, "ctitest-r" + i).startsWith("REGED")));
    }

    private void killAll() {
        for (int i = 0; i < REPLACED; i++) {
            assertThat(profile("killgw ctitest-r" + i)).isEqualTo("+OK gateway marked for deletion.\n");
        }
    }

    private static boolean wentDownFirst(List<String> story) {
        int added = IntStream.range(0, story.size())
                .filter(i -> story.get(i).startsWith("add"))
                .max()
                .orElse(0);
        return story.get(added - 1).startsWith("DOWN") || story.get(added - 1).startsWith("delete");
    }

    /** What every product that was looked at does; again, when a tick came between the kills and the rescan. */
    private void replaceNaively(GatewayWatch watch) {
        publishAndRescan(replaced("one"));
        allRegistered(watch);
        int replaces = 0;
        do {
            assertThat(++replaces).as("attempts").isLessThan(10);
            publishAnew();
            publish(replaced("two"));
            StringBuilder commands = new StringBuilder();
            for (int i = 0; i < REPLACED; i++) {
                commands.append("api sofia profile ")
                        .append(server().profile())
                        .append(" killgw ctitest-r")
                        .append(i);
                commands.append("\n\n");
            }
            client().write(commands + "api sofia profile " + server().profile() + " rescan\n\n");
            IntStream.rangeClosed(0, REPLACED).forEach(i -> client().answer());
            int deletes = replaces;
            within(
                    20,
                    () -> IntStream.range(0, REPLACED).allMatch(i -> {
                        List<String> story = watch.of("ctitest-r" + i);
                        return story.stream()
                                                .filter(line -> line.startsWith("delete"))
                                                .count()
                                        == deletes
                                && story.lastIndexOf("REGED ping=UP from="
                                                + server().registrar().address())
                                        > story.lastIndexOf("add profile=" + server().profile());
                    }));
        } while (IntStream.range(0, REPLACED).anyMatch(i -> wentDownFirst(watch.of("ctitest-r" + i))));
        // The last un-REGISTER may still be on its way.
        await().pollDelay(server().tick())
                .atMost(server().tick().plusSeconds(5))
                .until(() -> true);
    }

    @Test
    void naiveReplaceLosesTheBindingsOfARegistrarThatDoesNotChallenge() {
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            replaceNaively(watch);

            assertThat(server().registrar().boundUsers()).doesNotContainAnyElementsOf(users());
            List<String> story = watch.of("ctitest-r0");
            assertThat(story.indexOf("delete profile=" + server().profile()))
                    .as("the delete of the old comes after the add of the new")
                    .isGreaterThan(story.lastIndexOf("add profile=" + server().profile()));
        }
    }

    @Test
    void naiveReplaceKeepsTheBindingsOfARegistrarThatChallenges() {
        server().registrar().challenge(Challenge.SINGLE_USE_NONCE);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            replaceNaively(watch);

            assertThat(server().registrar().boundUsers()).containsAll(users());
        }
    }

    @Test
    void verifiedReplaceKeepsEveryBindingWithoutChallenge() {
        verifiedReplaceKeepsEveryBinding(Challenge.NONE);
    }

    @Test
    void verifiedReplaceKeepsEveryBindingWithSingleUseNonces() {
        verifiedReplaceKeepsEveryBinding(Challenge.SINGLE_USE_NONCE);
    }

    @Test
    void verifiedReplaceKeepsEveryBindingWithReusableNonces() {
        verifiedReplaceKeepsEveryBinding(Challenge.REUSABLE_NONCE);
    }

    private void verifiedReplaceKeepsEveryBinding(Challenge challenge) {
        server().registrar().challenge(challenge);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(replaced("one"));
            allRegistered(watch);
            publishAnew();
            publish(replaced("two"));
            killAll();
            within(
                    10,
                    () -> IntStream.range(0, REPLACED)
                            .allMatch(i -> last(watch, "ctitest-r" + i).startsWith("delete")));
            profile("rescan");
            allRegistered(watch);

            assertThat(server().registrar().boundUsers())
                    .isEqualTo(registeredUsers())
                    .containsExactlyInAnyOrderElementsOf(users());
            List<String> story = watch.of("ctitest-r0");
            assertThat(story.indexOf("delete profile=" + server().profile()))
                    .as("the delete of the old comes before the add of the new")
                    .isLessThan(story.lastIndexOf("add profile=" + server().profile()));
            assertThat(client().api("sofia xmlstatus gateway ctitest-r0")).contains("<realm>two</realm>");
        }
    }

    /** The users whose gateways the server says are registered. */
    private Set<String> registeredUsers() {
        return users().stream()
                .filter(user ->
                        client().api("sofia xmlstatus gateway ctitest-" + user).contains("<state>REGED<"))
                .collect(Collectors.toSet());
    }

    /** By then its un-REGISTER is on its way, a whole tick before the new REGISTER; but the deletion is told after the addition. */
    @Test
    void replaceThatStartsWhenTheOldIsDownKeepsTheBinding() {
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-early", "early"));
            List<String> story;
            int replaces = 0;
            do {
                assertThat(++replaces).as("attempts").isLessThan(10);
                int deletes = replaces;
                within(20, () -> last(watch, "ctitest-early").startsWith("REGED"));
                profile("killgw ctitest-early");
                within(5, () -> last(watch, "ctitest-early").startsWith("DOWN"));
                profile("rescan");
                within(5, () -> count(watch.of("ctitest-early"), "delete") == deletes);
                if (count(watch.of("ctitest-early"), "add") == deletes) {
                    // The tick was faster than the rescan, which found the old one still there.
                    profile("rescan");
                }
                within(20, () -> last(watch, "ctitest-early").startsWith("REGED"));
                story = watch.of("ctitest-early");
            } while (lastOf(story, "delete") < lastOf(story, "add"));

            assertThat(server().registrar().boundUsers()).containsExactly("early");
        }
    }

    private static long count(List<String> story, String word) {
        return story.stream().filter(line -> line.startsWith(word)).count();
    }

    private static int lastOf(List<String> story, String word) {
        return IntStream.range(0, story.size())
                .filter(i -> story.get(i).startsWith(word))
                .max()
                .orElse(-1);
    }
}
