package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlDirectoryPublisherTest {
    @TempDir
    private Path directory;

    @Test
    void publishesAFileEachThatTheIncludeMatches() {
        Publication done = publish(gateway("a", "1"), gateway("b", "2"));

        assertThat(done).isEqualTo(new Publication(Set.of("a", "b"), Set.of(), Map.of()));
        assertThat(files().keySet()).containsExactly("cti-gateway_a.xml", "cti-gateway_b.xml");
        XmlImport read = GatewayXmlReader.create().read(List.of(directory));
        assertThat(read.findings()).isEmpty();
        assertThat(read.gateways()).containsExactly(gateway("a", "1"), gateway("b", "2"));
    }

    @Test
    void writesOnlyWhatChangedAndRemovesWhatIsNoLongerWanted() throws IOException {
        publish(gateway("kept", "1"), gateway("changed", "1"), gateway("gone", "1"));
        FileTime old = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(directory.resolve("cti-gateway_kept.xml"), old);

        Publication done = publish(gateway("kept", "1"), gateway("changed", "2"), gateway("added", "1"));

        assertThat(done).isEqualTo(new Publication(Set.of("changed", "added"), Set.of("gone"), Map.of()));
        assertThat(Files.getLastModifiedTime(directory.resolve("cti-gateway_kept.xml")))
                .isEqualTo(old);
        assertThat(files().keySet())
                .containsExactly("cti-gateway_added.xml", "cti-gateway_changed.xml", "cti-gateway_kept.xml");
    }

    /** Each change of one gateway would read 10,000 files otherwise. */
    @Test
    void readsAFileAgainOnlyWhenItWasTouched() throws IOException {
        XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(directory);
        List<Gateway> wanted = List.of(gateway("a", "1"));
        publisher.publish(wanted, Set.of());
        Path file = directory.resolve("cti-gateway_a.xml");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, longAgo);
        publisher.publish(wanted, Set.of());
        String edited = Files.readString(file).replace("\"1\"", "\"2\"");
        Files.writeString(file, edited);

        Files.setLastModifiedTime(file, longAgo);
        assertThat(publisher.publish(wanted, Set.of()).written()).isEmpty();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1)));
        assertThat(publisher.publish(wanted, Set.of()).written()).containsExactly("a");
        assertThat(Files.readString(file)).isNotEqualTo(edited);
    }

    @Test
    void saysWhereWhatWasNotTakenInStands() {
        publish(gateway("a", "1"));
        XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(directory);

        assertThat(publisher.whyNotTaken("a"))
                .hasValueSatisfying(why ->
                        assertThat(why).contains(directory + "/cti-gateway_a.xml (rw-r----- ", "profile includes"));
        assertThat(publisher.whyNotTaken("b"))
                .hasValueSatisfying(why -> assertThat(why).contains("cti-gateway_b.xml does not hold it"));
    }

    @Test
    void readsBackWhatItPublished() {
        Gateway gateway = gateway("a", "p<&\"'$${domain}").toBuilder()
                .set("from-user", "")
                .variable("cti_gateway_stamp", "00ff")
                .build();
        publish(gateway);
        assertThat(XmlDirectoryPublisher.at(directory).published("a")).contains(gateway.definition());
        assertThat(XmlDirectoryPublisher.at(directory).published("b")).isEmpty();
    }

    @Test
    void permissionsAreForOwnerAndGroupOnly() throws IOException {
        publish(gateway("a", "1"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("cti-gateway_a.xml")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void leavesForeignFilesAloneAndReportsThoseThatDefineOurs() throws IOException {
        write("mytrunk.xml", "<include>\n<gateway name=\"mytrunk\">\n</gateway>\n</include>\n");
        write("other.xml", "<include>\n<gateway name=\"other\">\n</gateway>\n</include>\n");
        write("broken.xml", "<include>\n<gateway");
        write("notes.txt", "x");
        Map<String, String> before = files();

        Publication done = publish(gateway("mytrunk", "1"));
        Publication nothing = publish();

        assertThat(done.written()).containsExactly("mytrunk");
        assertThat(done.clashes()).containsOnlyKeys("mytrunk");
        assertThat(done.clashes().get("mytrunk")).endsWith("mytrunk.xml:2");
        assertThat(nothing).isEqualTo(new Publication(Set.of(), Set.of("mytrunk"), Map.of()));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void saysBeforehandWhatSomebodyElseDefines() throws IOException {
        write("byhand.xml", "<include>\n<gateway name=\"mytrunk\">\n</gateway>\n</include>\n");
        publish(gateway("ours", "1"));

        assertThat(XmlDirectoryPublisher.at(directory).definedElsewhere()).containsOnlyKeys("mytrunk");
        assertThat(XmlDirectoryPublisher.at(directory).definedElsewhere().get("mytrunk"))
                .endsWith("byhand.xml:2");
    }

    @Test
    void aFileUnderOurNameThatIsNotOursIsNeverReplacedOrRemoved() throws IOException {
        write("cti-gateway_a.xml", "<include>\n<gateway name=\"a\">\n</gateway>\n</include>\n");
        publish(gateway("b", "1"));
        Files.copy(directory.resolve("cti-gateway_b.xml"), directory.resolve("cti-gateway_copy.xml"));
        Files.createDirectory(directory.resolve("cti-gateway_c.xml"));
        Map<String, String> before = files();

        Publication done = publish(gateway("a", "1"), gateway("b", "1"), gateway("c", "1"));

        assertThat(done.written()).isEmpty();
        assertThat(done.clashes()).containsOnlyKeys("a", "b", "c");
        assertThat(files()).isEqualTo(before);
    }

    /** As {@code rsync --inplace} with its time kept does it: nothing but the content tells. */
    @Test
    void aFileOfOursThatSomebodyTookOverIsNotReplacedEither() throws IOException {
        XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(directory);
        publisher.publish(List.of(gateway("a", "1")), Set.of());
        Path file = directory.resolve("cti-gateway_a.xml");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, longAgo);
        publisher.publish(List.of(gateway("a", "1")), Set.of());
        String theirs = Files.readString(file).replace("Written by cti-gateway", "Written by cti-nobody!");
        Files.writeString(file, theirs);
        Files.setLastModifiedTime(file, longAgo);

        Publication done = publisher.publish(List.of(gateway("a", "2")), Set.of());

        assertThat(done.clashes()).containsOnlyKeys("a");
        assertThat(file).hasContent(theirs);
    }

    @Test
    void aSymbolicLinkUnderOurNameIsNotFollowed() throws IOException {
        Path elsewhere = Files.createTempFile("elsewhere", ".xml");
        Files.createSymbolicLink(directory.resolve("cti-gateway_a.xml"), elsewhere);
        assertThat(publish(gateway("a", "1")).clashes()).containsOnlyKeys("a");
        assertThat(elsewhere).isEmptyFile();
        Files.delete(elsewhere);
    }

    @Test
    void whatACrashLeftBehindIsRemoved() throws IOException {
        write(".cti-gateway_0c4f.tmp", "<include>\n<gate");
        Files.setLastModifiedTime(
                directory.resolve(".cti-gateway_0c4f.tmp"),
                FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        write(".cti-gateway_another-process.tmp", "<include>\n<gate");
        write(".someone-elses.tmp", "x");
        publish(gateway("a", "1"));
        assertThat(files().keySet())
                .containsExactly(".cti-gateway_another-process.tmp", ".someone-elses.tmp", "cti-gateway_a.xml");
    }

    @Test
    void nothingChangesWhenOneGatewayCannotBeWritten() {
        publish(gateway("a", "1"));
        Map<String, String> before = files();
        assertThatThrownBy(() -> publish(gateway("a", "2"), gateway("b", "\u0000")))
                .isInstanceOf(UnwritableGatewayException.class);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void namesThatAFileSystemConfusesGetFilesOfTheirOwn() {
        String dots = "a".repeat(300);
        Gateway[] gateways = Stream.of(
                        "trunk", "Trunk", "TRUNK", "con", ".hidden", "..", dots, dots + "b", "a/../b", "网关", "-")
                .map(name -> gateway(name, "1"))
                .toArray(Gateway[]::new);
        publish(gateways);
        assertThat(files().keySet().stream()
                        .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                        .distinct())
                .hasSize(gateways.length)
                .allMatch(name -> name.startsWith("cti-gateway_") && name.length() < 200);
        assertThat(GatewayXmlReader.create().read(List.of(directory)).gateways())
                .containsExactlyInAnyOrder(gateways);
        assertThat(publish(gateways)).isEqualTo(new Publication(Set.of(), Set.of(), Map.of()));
    }

    @Test
    void aPasswordIsInNoFileNameAndNoMessage() throws IOException {
        publish(gateway("a", "s3cret"));
        assertThat(files().keySet()).noneMatch(name -> name.contains("s3cret"));
        assertThatThrownBy(() -> XmlDirectoryPublisher.at(directory.resolve("missing"))
                        .publish(List.of(gateway("a", "s3cret")), Set.of()))
                .isInstanceOfSatisfying(
                        PublisherException.class,
                        refused -> assertThat(refused.isRetryable()).isFalse())
                .hasMessageContaining("missing")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void leavesWhatAnotherStorePublishedUnlessItIsWantedHere() {
        publish(stamped("theirs", "1", "1.other"), stamped("shared", "1", "1.other"), stamped("gone", "1", "1.own"));
        XmlDirectoryPublisher publisher = XmlDirectoryPublisher.at(directory);
        publisher.recognizeStamps(stamp -> stamp.endsWith(".own"));

        assertThat(publisher.publish(List.of(stamped("shared", "2", "2.own")), Set.of()))
                .isEqualTo(new Publication(Set.of("shared"), Set.of("gone"), Map.of()));
        assertThat(publisher.publish(List.of(), Set.of()).removed()).containsExactly("shared");
        assertThat(publisher.published("theirs")).contains(stamped("theirs", "1", "1.other"));
    }

    private static Gateway stamped(String name, String password, String stamp) {
        return gateway(name, password).toBuilder()
                .variable("cti_gateway_stamp", stamp)
                .build();
    }

    @Test
    void startsWithARescan() {
        assertThat(XmlDirectoryPublisher.at(directory).startCommand()).isEqualTo(StartCommand.RESCAN);
    }

    private Publication publish(Gateway... gateways) {
        return XmlDirectoryPublisher.at(directory).publish(List.of(gateways), Set.of());
    }

    private static Gateway gateway(String name, String password) {
        return Gateway.builder(name)
                .set("username", "u")
                .set("password", password)
                .build();
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(directory.resolve(file), content);
    }

    private Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                files.put(
                        file.getFileName().toString(), Files.isDirectory(file) ? "directory" : Files.readString(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }
}
