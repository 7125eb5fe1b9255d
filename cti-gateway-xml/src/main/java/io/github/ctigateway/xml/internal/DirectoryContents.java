package io.github.ctigateway.xml.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.GatewayXmlReader;
import io.github.ctigateway.xml.ImportedGateway;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands in a directory that a profile includes: our files, and the gateways that others define. */
public final class DirectoryContents {
    private final Path directory;

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
     * Reads the directory anew. A foreign file that cannot be read, or is no XML, defines nothing.
     *
     * @param expected the content that our files should have, by gateway
     */
    public Found read(Map<String, byte[]> expected) throws IOException {
        Map<String, String> gatewaysByFile = new HashMap<>();
        expected.keySet().forEach(gateway -> gatewaysByFile.put(GatewayFiles.fileName(gateway), gateway));
        Found found = new Found(new TreeMap<>(), new HashSet<>(), new TreeMap<>());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + GatewayFiles.SUFFIX)) {
            for (Path file : files) {
                String gateway = gatewaysByFile.get(fileName(file));
                sort(file, gateway, gateway == null ? null : expected.get(gateway), found);
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return found;
    }

    private static void sort(Path file, @Nullable String gateway, byte @Nullable [] expected, Found found)
            throws IOException {
        if (fileName(file).startsWith(GatewayFiles.PREFIX)) {
            Optional<byte[]> content = GatewayFiles.bytes(file);
            if (gateway != null && content.isPresent() && Arrays.equals(content.get(), expected)) {
                found.ours().put(gateway, file);
                found.unchanged().add(gateway);
                return;
            }
            Optional<Gateway> read = content.flatMap(bytes -> GatewayFiles.parse(file, bytes));
            if (read.isPresent()) {
                found.ours().put(read.get().name(), file);
                return;
            }
        }
        addForeign(file, found.foreign());
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

    private static void addForeign(Path file, Map<String, String> foreign) {
        for (ImportedGateway found :
                GatewayXmlReader.create().read(List.of(file)).imported()) {
            foreign.putIfAbsent(found.gateway().name(), file + ":" + found.line());
        }
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
