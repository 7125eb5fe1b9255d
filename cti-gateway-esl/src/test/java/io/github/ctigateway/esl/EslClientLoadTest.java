package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EslClientLoadTest {
    private static final int THREADS = 64;

    @Test
    void sixtyFourThreadsGetTheirOwnReplies() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            everyReplyGoesToItsCaller(threads, 10_000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void virtualThreadsGetTheirOwnReplies() throws Exception {
        assumeThat(Runtime.version().feature())
                .as("virtual threads came with 21")
                .isGreaterThanOrEqualTo(21);
        Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        ExecutorService threads = (ExecutorService) factory.invoke(null);
        try {
            everyReplyGoesToItsCaller(threads, 1_000);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void everyReplyGoesToItsCaller(ExecutorService threads, int commands) throws Exception {
        AtomicInteger wrong = new AtomicInteger();
        // Answers many commands with one write, as reading is not what is tested.
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    StringBuilder answers = new StringBuilder();
                    while (true) {
                        String command = peer.expect();
                        if (command.equals("exit")) {
                            return;
                        }
                        answers.append(ScriptedServer.apiFrame(command.substring("api echo ".length())));
                        if (!peer.hasMore()) {
                            peer.send(answers.toString());
                            answers.setLength(0);
                        }
                    }
                });
                EslClient client = EslClient.open(server.options().build())) {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                work.add(() -> {
                    for (int i = 0; i < commands; i++) {
                        String text = thread + "-" + i;
                        if (!client.api("echo " + text).equals(text)) {
                            wrong.incrementAndGet();
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
            assertThat(wrong).hasValue(0);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void interruptedCallerLeavesTheConnectionWhole() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("api echo late");
                    interrupted.await();
                    peer.api("late").echo();
                });
                EslClient client = EslClient.open(server.options().build())) {
            AtomicReference<String> seen = new AtomicReference<>("");
            Thread caller = new Thread(() -> {
                Thread.currentThread().interrupt();
                try {
                    seen.set(client.api("echo late"));
                } catch (EslInterruptedException e) {
                    seen.set("interrupted, flag " + Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            caller.join();
            interrupted.countDown();
            assertThat(seen).hasValue("interrupted, flag true");
            assertThat(client.api("echo whole")).isEqualTo("whole");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void hugeCommandsAndRepliesPassWhileThePeerIsSlowToRead() throws Exception {
        String large = "x".repeat(900_000);
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo());
                EslClient client = EslClient.open(server.options().build())) {
            List<CompletableFuture<String>> replies = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                replies.add(client.apiAsync("echo " + i + large));
            }
            for (int i = 0; i < replies.size(); i++) {
                assertThat(replies.get(i).join()).isEqualTo(i + large);
            }
            assertThatThrownBy(() -> client.api("echo " + large + large))
                    .isInstanceOf(EslIllegalCommandException.class);
        }
    }

    @Test
    void executorThatRefusesWorkLeavesNoFutureOpen() throws Exception {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        gone.shutdown();
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo());
                EslClient client =
                        EslClient.open(server.options().callbackExecutor(gone).build())) {
            assertThat(client.apiAsync("echo anyway").join()).isEqualTo("anyway");
        }
    }
}
