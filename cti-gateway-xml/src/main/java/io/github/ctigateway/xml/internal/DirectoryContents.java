package io.github.ctigateway.xml.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.xml.GatewayXmlReader;
import io.github.ctigateway.xml.ImportedGateway;
import java.io.IOException;
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
     */
    public record Found(Map<String, Path> ours, Set<String> unchanged, Map<String, String> foreign) {}

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
        Found found = new Found(new TreeMap<>(), new HashSet<>(), new TreeMap<>());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + GatewayFiles.SUFFIX)) {
            for (Path file : files) {
                sort(file, wantedByFile.get(fileName(file)), ours, found);
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return found;
    }

    private void sort(Path file, @Nullable Gateway wanted, Predicate<String> ours, Found found) throws IOException {
        if (fileName(file).startsWith(GatewayFiles.PREFIX)) {
            if (wanted != null && holds(file, wanted)) {
                found.ours().put(wanted.name(), file);
                found.unchanged().add(wanted.name());
                return;
            }
            Optional<Gateway> read = GatewayFiles.read(file);
            if (read.isPresent()) {
                if (wanted != null || hasStamp(read.get(), ours)) {
                    found.ours().put(read.get().name(), file);
                }
                return;
            }
        }
        addForeign(file, found.foreign());
    }

    /** One without a stamp was written by us all the same. */
    private static boolean hasStamp(Gateway gateway, Predicate<String> ours) {
        return gateway.variable(GatewayValidator.STAMP_VARIABLE)
                .map(stamp -> ours.test(stamp.value()))
                .orElse(true);
    }

    private boolean holds(Path file, Gateway wanted) throws IOException {
        Instant now = Instant.now();
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
        if (known.holds(wanted, attributes)) {
            return true;
        }
        byte[] expected = GatewayFiles.content(wanted).getBytes(StandardCharsets.UTF_8);
        boolean same = GatewayFiles.bytes(file)
                .filter(content -> Arrays.equals(content, expected))
                .isPresent();
        if (same) {
            known.remember(wanted, attributes, now);
        }
        return same;
    }

    /** Where gateways are defined in files that are not named as ours are, by gateway. */
    public Map<String, String> foreign() throws IOException {
        Map<String, String> foreign = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + GatewayFiles.SUFFIX)) {
            for (Path file : files) {
                if (!fileName(file).startsWith(GatewayFiles.PREFIX)) {
                    addForeign(file, foreign);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
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
