package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a publish ends, each file is whole, and the next publish puts everything right. */
class XmlDirectoryPublisherCrashTest {
    private static final int GATEWAYS = 20;

    @TempDir
    private Path directory;

    /** What the process does that is killed: it publishes one version after the other, for ever. */
    public static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) {
            XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(Path.of(arguments[0]));
            for (int version = 0; version >= 0; version++) {
                publisher.publish(version("v" + version), Set.of());
            }
        }
    }

    @Test
    void aProcessThatIsKilledLeavesWholeFilesOnly() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 3; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Endless.class.getName(),
                            directory.toString())
                    .inheritIO()
                    .start();
            try {
                int enough = i * 20 + random.nextInt(20);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(1 + random.nextInt(10)))
                        .until(() -> number(publishedVersion()) > enough);
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertWhole();
        }
        assertThePublishAfterItPutsEverythingRight();
    }

    @Test
    void aThreadThatIsInterruptedLeavesWholeFilesOnly() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 30; i++) {
            List<Gateway> version = version("i" + i);
            CountDownLatch started = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                started.countDown();
                try {
                    XmlDirectoryPublisher.at(directory).publish(version, Set.of());
                } catch (PublisherException interrupted) {
                    assertThat(interrupted.isRetryable()).isTrue();
                }
            });
            thread.start();
            started.await();
            thread.join(1 + random.nextInt(30));
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).isFalse();
            assertWhole();
        }
        assertThePublishAfterItPutsEverythingRight();
    }

    @Test
    void anInterruptInTheMiddleLeavesNoHiddenFileAndTheThreadInterrupted() throws Exception {
        List<Gateway> many =
                IntStream.range(0, 2_000).mapToObj(i -> gateway("g" + i, "v")).toList();
        for (int i = 0; i < 10; i++) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread thread = new Thread(() -> {
                try {
                    XmlDirectoryPublisher.at(directory).publish(many, Set.of());
                } catch (PublisherException failure) {
                    end.set(failure);
                }
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
            int enough = 1 + i * 10;
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> hidden() >= enough);
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).isFalse();
            assertThat(directory).isEmptyDirectory();
            assertThat(end.get())
                    .isInstanceOfSatisfying(
                            PublisherException.class,
                            failure -> assertThat(failure.isRetryable()).isTrue())
                    .hasMessageContaining("was interrupted");
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void anInterruptedThreadTakesNoForeignFileForOneThatDefinesNothing() throws Exception {
        Files.writeString(directory.resolve("hand.xml"), GatewayXmlWriter.render(gateway("hand", "v")));
        XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(directory);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(publisher::definedElsewhere)
                    .isInstanceOf(PublisherException.class)
                    .hasMessageContaining("was interrupted");
            assertThatThrownBy(() -> publisher.publish(List.of(gateway("hand", "v")), Set.of()))
                    .isInstanceOf(PublisherException.class)
                    .hasMessageContaining("was interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(publisher.definedElsewhere()).containsKey("hand");
    }

    private long hidden() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("."))
                    .count();
        }
    }

    private void assertThePublishAfterItPutsEverythingRight() throws IOException {
        anHourPasses();
        XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(directory);
        publisher.publish(version("last"), Set.of());
        assertThat(GatewayXmlReader.create().read(List.of(directory)).gateways())
                .containsExactlyInAnyOrderElementsOf(version("last"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(GATEWAYS);
        }
        assertThat(publisher.publish(List.of(), Set.of()).removed()).hasSize(GATEWAYS);
        assertThat(directory).isEmptyDirectory();
    }

    private void anHourPasses() throws IOException {
        FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        try (DirectoryStream<Path> hidden = Files.newDirectoryStream(directory, ".*")) {
            for (Path file : hidden) {
                Files.setLastModifiedTime(file, anHourAgo);
            }
        }
    }

    private void assertWhole() {
        XmlImport read = GatewayXmlReader.create().read(List.of(directory));
        assertThat(read.findings()).isEmpty();
        List<Gateway> wholes = new ArrayList<>();
        for (Gateway gateway : read.gateways()) {
            String version = gateway.text("password").orElseThrow();
            wholes.add(gateway(gateway.name(), version));
        }
        assertThat(read.gateways()).isEqualTo(wholes);
    }

    private String publishedVersion() {
        return XmlDirectoryPublisher.at(directory)
                .published("g" + (GATEWAYS - 1))
                .flatMap(gateway -> gateway.text("password"))
                .orElse("v-1");
    }

    private static int number(String version) {
        return Integer.parseInt(version.substring(1));
    }

    private static List<Gateway> version(String version) {
        return IntStream.range(0, GATEWAYS)
                .mapToObj(i -> gateway("g" + i, version))
                .toList();
    }

    private static Gateway gateway(String name, String version) {
        return Gateway.builder(name)
                .set("username", version)
                .set("password", version)
                .variable("version", version)
                .build();
    }
}
