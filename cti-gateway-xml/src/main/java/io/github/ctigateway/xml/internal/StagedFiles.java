package io.github.ctigateway.xml.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * New files under hidden names that no include matches, on the disk before the first of them is moved into place. What was not moved is
 * removed on close, or by {@link #removeLeftovers} after a crash.
 */
public final class StagedFiles implements AutoCloseable {
    private static final String PREFIX = ".cti-gateway_";
    private static final String SUFFIX = ".tmp";
    private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rw-r-----");

    private final Path directory;
    private final boolean posix;
    private final Map<Path, Path> targets = new LinkedHashMap<>();

    public StagedFiles(Path directory) {
        this.directory = directory;
        this.posix = isPosix(directory);
    }

    /** Writes a file that is to become the target. */
    public void add(Path target, byte[] content) throws IOException {
        Path file = directory.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_AND_GROUP)}
                : new FileAttribute<?>[0];
        targets.put(file, target);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            if (posix) {
                // A umask may have taken the group's right away; it can never have added one.
                Files.setPosixFilePermissions(file, OWNER_AND_GROUP);
            }
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Moves every file to its target, each at once. */
    public void moveIntoPlace() throws IOException {
        for (Map.Entry<Path, Path> move : Map.copyOf(targets).entrySet()) {
            Files.move(
                    move.getKey(),
                    move.getValue(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            targets.remove(move.getKey());
        }
    }

    @Override
    public void close() throws IOException {
        for (Path file : targets.keySet()) {
            Files.deleteIfExists(file);
        }
    }

    /** Removes what a crash left behind. */
    public static void removeLeftovers(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    /** Makes moves and removals outlast a loss of power, where a directory can be forced. */
    public static void forceDirectory(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
