package io.github.ctigateway.xml;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.internal.DirectoryChange;
import io.github.ctigateway.xml.internal.DirectoryContents;
import io.github.ctigateway.xml.internal.GatewayFiles;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Publishes gateways as files of a directory that a profile includes ({@code external/*.xml}), one file each.
 *
 * <p>A file is written under a hidden name that the include does not match, forced to the disk, and moved into place at once, so
 * FreeSWITCH sees the old definition or the new one and never a part, also after a crash. No new file is moved before all of them are on
 * the disk. A file that is already right is not touched. Where the file system knows them, permissions are 0640 from the first moment: let
 * the directory belong to FreeSWITCH's group, with the set-group-ID bit.
 *
 * <p>Only files that this class wrote are ever overwritten or removed: they carry its mark, hold one gateway, and are named after it. Any
 * other file that defines a gateway of ours is reported as a clash. One directory belongs to one profile. Several stores may share both: a
 * file with another store's stamp is never removed, and overwritten only with a gateway of the same name. Of each store only one publisher at a
 * time may use it (the controller's lease sees to that). Thread-safe.
 */
public final class XmlDirectoryPublisher implements GatewayPublisher {
    private final Path directory;
    private final DirectoryContents contents;
    private volatile Predicate<String> ours = stamp -> true;

    private XmlDirectoryPublisher(Path directory) {
        this.directory = directory;
        this.contents = new DirectoryContents(directory);
    }

    /** Publishes into this directory, which must exist when something is published. */
    public static XmlDirectoryPublisher at(Path directory) {
        return new XmlDirectoryPublisher(directory.toAbsolutePath());
    }

    /** The directory. */
    public Path directory() {
        return directory;
    }

    /**
     * {@inheritDoc} A thread that is interrupted meanwhile stays so; what it was about to write is removed.
     *
     * @throws UnwritableGatewayException when a gateway holds a character that XML cannot carry; nothing was changed
     */
    @Override
    public synchronized Publication publish(Collection<Gateway> wanted, Set<String> pending) {
        Map<String, Gateway> definitions = new LinkedHashMap<>();
        wanted.forEach(gateway -> definitions.put(gateway.name(), gateway));
        if (!Files.isDirectory(directory)) {
            throw new PublisherException(
                    "Gateways cannot be published: " + directory
                            + " is no directory; create it where the profile includes it",
                    false,
                    null);
        }
        try (DirectoryChange change =
                DirectoryChange.prepare(directory, contents.read(definitions, ours), definitions)) {
            return change.make();
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted(
                    "Publishing gateways to " + directory + " (each file is as before or as wanted)", interrupted);
        } catch (IOException failure) {
            throw new PublisherException(
                    "Gateways cannot be published to " + directory + ": " + failure,
                    !(failure instanceof AccessDeniedException),
                    failure);
        }
    }

    @Override
    public void recognizeStamps(Predicate<String> stampIsOurs) {
        this.ours = Objects.requireNonNull(stampIsOurs, "stampIsOurs cannot be null");
    }

    /** {@inheritDoc} What somebody else defines under this name is not looked at. */
    @Override
    public Optional<Gateway> published(String name) {
        try {
            return GatewayFiles.read(directory.resolve(GatewayFiles.fileName(name)))
                    .filter(gateway -> gateway.name().equals(name));
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted("Reading what is published in " + directory, interrupted);
        } catch (IOException failure) {
            throw new PublisherException(
                    "What is published in " + directory + " cannot be read: " + failure, true, failure);
        }
    }

    /** {@inheritDoc} A file that cannot be read, or is no XML, defines nothing. */
    @Override
    public Map<String, String> definedElsewhere() {
        try {
            return Files.isDirectory(directory) ? contents.foreign() : Map.of();
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted("Reading what stands in " + directory, interrupted);
        } catch (IOException failure) {
            throw new PublisherException("What stands in " + directory + " cannot be read: " + failure, true, failure);
        }
    }

    /** {@inheritDoc} Whether a profile includes the directory cannot be seen from here. */
    @Override
    public Optional<String> whyNotTaken(String gateway) {
        Path file = directory.resolve(GatewayFiles.fileName(gateway));
        if (published(gateway).isEmpty()) {
            return Optional.of(file + " does not hold it");
        }
        return Optional.of("it stands in " + file + permissions(file) + ": see that the profile includes " + directory
                + "/*.xml and that FreeSWITCH may read the file");
    }

    private static PublisherException interrupted(String what, ClosedByInterruptException cause) {
        return new PublisherException(what + " was interrupted; another try may succeed", true, cause);
    }

    private static String permissions(Path file) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return " (" + PosixFilePermissions.toString(attributes.permissions()) + " "
                    + attributes.owner().getName() + ":" + attributes.group().getName() + ")";
        } catch (IOException | UnsupportedOperationException unknown) {
            return "";
        }
    }

    @Override
    public boolean outlivesProcess() {
        return true;
    }

    /** {@inheritDoc} All files of the directory are read at every start, so the plain rescan does. */
    @Override
    public StartCommand startCommand() {
        return StartCommand.RESCAN;
    }

    /** Does nothing: what was published stays, so that FreeSWITCH finds it when it starts again. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "XmlDirectoryPublisher[" + directory + "]";
    }
}
