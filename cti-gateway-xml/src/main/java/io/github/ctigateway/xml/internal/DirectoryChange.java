package io.github.ctigateway.xml.internal;

import io.github.ctigateway.control.Publication;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A change of the files of a directory; nothing has changed until it is made. */
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
        StagedFiles.removeLeftovers(found.staged());
        DirectoryChange change = new DirectoryChange(directory, found, wanted);
        for (Gateway definition : wanted.values()) {
            if (!found.unchanged().contains(definition.name())) {
                change.write(definition, found.ours().containsKey(definition.name()));
            }
        }
        found.ours().forEach((name, file) -> {
            if (!wanted.containsKey(name)) {
                change.leaving.add(file);
                change.removed.add(name);
            }
        });
        return change;
    }

    private void write(Gateway definition, boolean isOurs) {
        String name = definition.name();
        Path file = directory.resolve(GatewayFiles.fileName(name));
        if (!isOurs && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            clashes.putIfAbsent(name, file + " (not written by this library, so not replaced)");
            return;
        }
        staged.add(file, GatewayFiles.content(definition));
        written.add(name);
    }

    /**
     * Moves the new files into place, and then removes those that are not wanted any more.
     *
     * @throws IOException when the disk did not take all new files, and nothing has changed; or later, and each file is as before or as
     *     wanted
     */
    public Publication make() throws IOException {
        staged.moveIntoPlace();
        for (Path file : leaving) {
            Files.deleteIfExists(file);
        }
        if (!written.isEmpty() || !removed.isEmpty()) {
            StagedFiles.forceDirectory(directory);
        }
        return new Publication(written, removed, clashes);
    }

    /** After a failure, removes what was not moved into place. What cannot be removed now, a change some minutes later removes. */
    @Override
    public void close() {
        staged.close();
    }
}
