package io.github.ctigateway.xml.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.xml.GatewayXmlReader;
import io.github.ctigateway.xml.ImportedGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a directory that a profile includes: our files, and the gateways that others define. {@link #read} is for one thread at a
 * time.
 */
public final class DirectoryContents {
    private final Path directory;
    private final KnownFiles known = new KnownFiles();

    public DirectoryContents(Path directory) {
        this.directory = directory;
    }

    /**
     * @param ours our files by gateway
     * @param unchanged the gateways among them whose file has the expected content
     * @param foreign where somebody else defines a gateway, by gateway
     * @param staged files that were not moved into place, yet or after a crash
     */
    public record Found(
            Map<String, Path> ours, Set<String> unchanged, Map<String, String> foreign, List<Path> staged) {}

    /**
     * Looks at the directory anew, and reads what may have changed since the last look. A foreign file that cannot be read, or is no XML,
     * defines nothing.
     *
     * @param wanted the gateways that our files should hold, by name
     * @param ours whether a stamp is of our store: a file with another's whose gateway is not wanted is nobody's concern here
     */
    public Found read(Map<String, Gateway> wanted, Predicate<String> ours) throws IOException {
        Map<String, Gateway> wantedByFile = new HashMap<>();
        wanted.values().forEach(gateway -> wantedByFile.put(GatewayFiles.fileName(gateway.name()), gateway));
        known.keepOnly(wanted.keySet());
        Listing listing = list();
        Found found = new Found(new TreeMap<>(), new HashSet<>(), new TreeMap<>(), listing.staged());
        for (LookedAt one : lookAt(listing.xml())) {
            add(one, wantedByFile.get(fileName(one.file())), ours, found);
        }
        return found;
    }

    /**
     * What is in the directory.
     *
     * @param xml the files that an include of all XML files reads
     * @param staged those that are to become such files, or were when their process died
     */
    private record Listing(List<Path> xml, List<Path> staged) {}

    private Listing list() throws IOException {
        Listing listing = new Listing(new ArrayList<>(), new ArrayList<>());
        // With 10,000 files, half of the time would go into matching a pattern.
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                if (fileName(file).endsWith(GatewayFiles.SUFFIX)) {
                    listing.xml().add(file);
                } else if (StagedFiles.isStaged(fileName(file))) {
                    listing.staged().add(file);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return listing;
    }

    /**
     * A file as it was looked at.
     *
     * @param at when, or before
     * @param attributes null when it is not named as ours are, or was away just then
     */
    private record LookedAt(Path file, Instant at, @Nullable BasicFileAttributes attributes) {}

    /** On all cores: with 10,000 files, most of a change of one is spent here. */
    private static List<LookedAt> lookAt(List<Path> files) throws IOException {
        try {
            return files.parallelStream().map(DirectoryContents::lookAt).toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static LookedAt lookAt(Path file) {
        Instant now = Instant.now();
        if (!isNamedAsOurs(file)) {
            return new LookedAt(file, now, null);
        }
        try {
            return new LookedAt(
                    file, now, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException away) {
            return new LookedAt(file, now, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(LookedAt one, @Nullable Gateway wanted, Predicate<String> ours, Found found) throws IOException {
        Path file = one.file();
        if (!isNamedAsOurs(file)) {
            addForeign(file, found.foreign());
            return;
        }
        if (wanted != null && one.attributes() != null && known.holds(wanted, one.attributes())) {
            found.ours().put(wanted.name(), file);
            found.unchanged().add(wanted.name());
            return;
        }
        Optional<byte[]> content = GatewayFiles.bytes(file);
        if (wanted != null && content.isPresent() && isOf(wanted, content.get())) {
            if (one.attributes() != null) {
                known.remember(wanted, one.attributes(), one.at());
            }
            found.ours().put(wanted.name(), file);
            found.unchanged().add(wanted.name());
            return;
        }
        Optional<Gateway> written = content.flatMap(bytes -> GatewayFiles.parse(file, bytes));
        if (written.isEmpty()) {
            addForeign(file, found.foreign());
        } else if (wanted != null || hasStamp(written.get(), ours)) {
            found.ours().put(written.get().name(), file);
        }
    }

    private static boolean isOf(Gateway gateway, byte[] content) {
        return Arrays.equals(content, GatewayFiles.content(gateway).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isNamedAsOurs(Path file) {
        return fileName(file).startsWith(GatewayFiles.PREFIX);
    }

    /** One without a stamp was written by us all the same. */
    private static boolean hasStamp(Gateway gateway, Predicate<String> ours) {
        return gateway.variable(GatewayValidator.STAMP_VARIABLE)
                .map(stamp -> ours.test(stamp.value()))
                .orElse(true);
    }

    /** Where gateways are defined in files that are not named as ours are, by gateway. */
    public Map<String, String> foreign() throws IOException {
        Map<String, String> foreign = new TreeMap<>();
        for (Path file : list().xml()) {
            if (!isNamedAsOurs(file)) {
                addForeign(file, foreign);
            }
        }
        return foreign;
    }

    private static void addForeign(Path file, Map<String, String> foreign) throws IOException {
        for (ImportedGateway found :
                GatewayXmlReader.create().read(List.of(file)).imported()) {
            foreign.putIfAbsent(found.gateway().name(), file + ":" + found.line());
        }
        if (Thread.currentThread().isInterrupted()) {
            // An interrupt ends the reading of a file, and is no sign that the file defines nothing.
            throw new ClosedByInterruptException();
        }
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
