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
        Found found = new Found(new TreeMap<>(), new HashSet<>(), new TreeMap<>(), new ArrayList<>());
        for (Seen seen : seen(list(found.staged()))) {
            sort(seen, wantedByFile.get(fileName(seen.file())), ours, found);
        }
        return found;
    }

    /**
     * A file as it was looked at.
     *
     * @param attributes null when it is not named as ours are, or was removed meanwhile
     * @param at when they were read
     */
    private record Seen(Path file, @Nullable BasicFileAttributes attributes, Instant at) {}

    /**
     * The files that an include of all XML files reads.
     *
     * @param staged takes those that are to become such files
     */
    private List<Path> list(List<Path> staged) throws IOException {
        List<Path> files = new ArrayList<>();
        // Of 10,000 files a pattern takes half of the time.
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                if (fileName(file).endsWith(GatewayFiles.SUFFIX)) {
                    files.add(file);
                } else if (StagedFiles.isStaged(fileName(file))) {
                    staged.add(file);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return files;
    }

    /** Reads the attributes, which for thousands takes several threads. */
    private static List<Seen> seen(List<Path> files) throws IOException {
        try {
            return files.parallelStream().map(DirectoryContents::seen).toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static Seen seen(Path file) {
        Instant now = Instant.now();
        if (!fileName(file).startsWith(GatewayFiles.PREFIX)) {
            return new Seen(file, null, now);
        }
        try {
            return new Seen(
                    file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS), now);
        } catch (NoSuchFileException removedMeanwhile) {
            return new Seen(file, null, now);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void sort(Seen seen, @Nullable Gateway wanted, Predicate<String> ours, Found found) throws IOException {
        BasicFileAttributes attributes = seen.attributes();
        Optional<Held> held = attributes == null ? Optional.empty() : held(seen.file(), attributes, seen.at(), wanted);
        if (held.isEmpty()) {
            addForeign(seen.file(), found.foreign());
            return;
        }
        Gateway gateway = held.get().gateway();
        if (wanted != null || hasStamp(gateway, ours)) {
            found.ours().put(gateway.name(), seen.file());
        }
        if (held.get().asWanted()) {
            found.unchanged().add(gateway.name());
        }
    }

    /** What a file of ours holds, and whether it is to the letter what is wanted. */
    private record Held(Gateway gateway, boolean asWanted) {}

    private Optional<Held> held(Path file, BasicFileAttributes attributes, Instant at, @Nullable Gateway wanted)
            throws IOException {
        Optional<Gateway> before = wanted == null ? Optional.empty() : known.content(wanted.name(), attributes);
        if (before.isPresent()) {
            return Optional.of(new Held(before.get(), before.get().equals(wanted)));
        }
        Optional<byte[]> bytes = GatewayFiles.bytes(file);
        if (wanted != null && bytes.isPresent()) {
            byte[] expected = GatewayFiles.content(wanted).getBytes(StandardCharsets.UTF_8);
            if (Arrays.equals(bytes.get(), expected)) {
                known.remember(wanted, attributes, at);
                return Optional.of(new Held(wanted, true));
            }
        }
        return bytes.flatMap(content -> GatewayFiles.parse(file, content)).map(gateway -> new Held(gateway, false));
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
        for (Path file : list(new ArrayList<>())) {
            if (!fileName(file).startsWith(GatewayFiles.PREFIX)) {
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
