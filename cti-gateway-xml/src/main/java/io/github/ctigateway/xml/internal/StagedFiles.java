package io.github.ctigateway.xml.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New files: written under hidden names that no include matches, all on the disk before the first of them is moved into place. What was not
 * moved is removed on close, or by {@link #removeLeftovers} after a crash.
 */
public final class StagedFiles implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StagedFiles.class);
    private static final int WRITTEN_AT_A_TIME = 16;
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);
    private static final Duration LONGEST_STAGED = Duration.ofMinutes(10);
    private static final String PREFIX = ".cti-gateway_";
    private static final String SUFFIX = ".tmp";
    private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rw-r-----");

    private final Path directory;
    private final boolean posix;
    private final String run = UUID.randomUUID().toString();
    private final List<NewFile> files = new ArrayList<>();

    /** How many of them are moved. */
    private int moved;

    private record NewFile(Path hidden, Path target, String content) {}

    public StagedFiles(Path directory) {
        this.directory = directory;
        this.posix = isPosix(directory);
    }

    /** Adds a file that is to become the target, as UTF-8. */
    public void add(Path target, String content) {
        files.add(new NewFile(directory.resolve(PREFIX + run + "_" + files.size() + SUFFIX), target, content));
    }

    /**
     * Writes every file and forces it to the disk, then moves each to its target at once.
     *
     * @throws ClosedByInterruptException when the thread is interrupted while it writes; no file was moved, and the thread stays
     *     interrupted
     */
    public void moveIntoPlace() throws IOException {
        writeAll();
        for (; moved < files.size(); moved++) {
            NewFile file = files.get(moved);
            Files.move(
                    file.hidden(), file.target(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Several at a time, since a journalling file system commits together what waits together: 10,000 files in 2 s rather than 20. */
    private void writeAll() throws IOException {
        if (files.size() < WRITTEN_AT_A_TIME) {
            for (NewFile file : files) {
                write(file);
            }
            return;
        }
        ExecutorService workers = Executors.newFixedThreadPool(WRITTEN_AT_A_TIME, StagedFiles::worker);
        try {
            List<Callable<Path>> tasks = new ArrayList<>();
            files.forEach(file -> tasks.add(() -> write(file)));
            for (Future<Path> written : workers.invokeAll(tasks)) {
                written.get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("A file could not be written: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            // What a write on this thread would have ended with.
            throw new ClosedByInterruptException();
        } finally {
            workers.shutdownNow();
            awaitEnd(workers);
        }
    }

    /** A worker that still writes would leave its file behind the clean-up. A disk that hangs is not awaited for ever. */
    private void awaitEnd(ExecutorService workers) {
        boolean interrupted = false;
        long end = System.nanoTime() + LONGEST_WRITE.toNanos();
        try {
            while (true) {
                try {
                    if (!workers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        log.warn("{} takes more than {} to write a file", directory, LONGEST_WRITE);
                    }
                    return;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Path write(NewFile file) throws IOException {
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_AND_GROUP)}
                : new FileAttribute<?>[0];
        Path path = file.hidden();
        try (FileChannel channel =
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            if (posix) {
                // A umask may have taken the group's right away; it can never have added one.
                Files.setPosixFilePermissions(path, OWNER_AND_GROUP);
            }
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(file.content());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return path;
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "cti-gateway-files");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        for (NewFile file : files.subList(moved, files.size())) {
            try {
                Files.deleteIfExists(file.hidden());
            } catch (IOException left) {
                log.debug(
                        "{} stays until something is published some minutes later: {}", file.hidden(), left.toString());
            }
        }
    }

    /** Whether a file of this name was written to be moved. */
    static boolean isStaged(String fileName) {
        return fileName.startsWith(PREFIX) && fileName.endsWith(SUFFIX);
    }

    /** Removes what a crash left behind of these; younger files may be another process's, between its kill and its start. */
    static void removeLeftovers(List<Path> staged) throws IOException {
        Instant old = Instant.now().minus(LONGEST_STAGED);
        for (Path file : staged) {
            if (isOlder(file, old)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(time);
        } catch (NoSuchFileException e) {
            // Its process has just moved it into place.
            return false;
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
