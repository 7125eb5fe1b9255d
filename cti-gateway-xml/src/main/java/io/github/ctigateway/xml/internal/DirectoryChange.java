package io.github.ctigateway.xml.internal;

import io.github.ctigateway.control.Publication;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A change of the files of a directory: the new ones are written under hidden names, and nothing else has changed until it is made. */
public final class DirectoryChange implements AutoCloseable {
    private final Path directory;
    private final StagedFiles staged;
    private final List<Path> leaving = new ArrayList<>();
    private final Set<String> written = new TreeSet<>();
    private final Set<String> removed = new TreeSet<>();
    private final Map<String, String> clashes;

    private DirectoryChange(Path directory, DirectoryContents.Found found, Map<String, Gateway> wanted) {
        this.directory = directory;
        this.staged = new StagedFiles(directory);
        this.clashes = new TreeMap<>(found.foreign());
        clashes.keySet().retainAll(wanted.keySet());
    }

    /**
     * Prepares what makes exactly these definitions readable.
     *
     * @param found what stands there now
     * @param wanted by name
     */
    public static DirectoryChange prepare(Path directory, DirectoryContents.Found found, Map<String, Gateway> wanted)
            throws IOException {
        StagedFiles.removeLeftovers(directory);
        DirectoryChange change = new DirectoryChange(directory, found, wanted);
        try {
            for (Gateway definition : wanted.values()) {
                if (!found.unchanged().contains(definition.name())) {
                    change.write(definition, found.ours().containsKey(definition.name()));
                }
            }
        } catch (IOException | RuntimeException failure) {
            change.close();
            throw failure;
        }
        found.ours().forEach((name, file) -> {
            if (!wanted.containsKey(name)) {
                change.leaving.add(file);
                change.removed.add(name);
            }
        });
        return change;
    }

    private void write(Gateway definition, boolean isOurs) throws IOException {
        String name = definition.name();
        Path file = directory.resolve(GatewayFiles.fileName(name));
        if (!isOurs && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            clashes.putIfAbsent(name, file + " (not written by this library, so not replaced)");
            return;
        }
        staged.add(file, GatewayFiles.content(definition).getBytes(StandardCharsets.UTF_8));
        written.add(name);
    }

    /** Makes the change. What goes goes first: nobody's rescan may bring up again what is being killed. */
    public Publication make() throws IOException {
        for (Path file : leaving) {
            Files.deleteIfExists(file);
        }
        staged.moveIntoPlace();
        if (!written.isEmpty() || !removed.isEmpty()) {
            StagedFiles.forceDirectory(directory);
        }
        return new Publication(written, removed, clashes);
    }

    /** Removes what was written and not moved into place; what cannot be removed is left to the next change. */
    @Override
    public void close() {
        staged.close();
    }
}
