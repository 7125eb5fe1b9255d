package io.github.ctigateway.examples.cli;

import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.redis.GatewayJson;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file that holds one gateway in mod_cti's JSON. */
final class GatewayFile {
    private static final String ENDING = ".json";

    private GatewayFile() {}

    /** The gateway that a file is about: its name without {@code .json}. */
    static String gatewayName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** Reads the gateway that the file's name says. */
    static DecodedGateway read(Path file) {
        return GatewayJson.decode(gatewayName(file), bytes(file));
    }

    /**
     * The file itself, or those of a directory in the order of their names. A directory without any is refused: as a store it would mean
     * that no gateway is wanted.
     */
    static List<Path> in(Path fileOrDirectory) {
        if (!Files.isDirectory(fileOrDirectory)) {
            return List.of(fileOrDirectory);
        }
        List<Path> found;
        try (Stream<Path> files = Files.list(fileOrDirectory)) {
            found = files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(fileOrDirectory, e);
        }
        if (found.isEmpty()) {
            throw new CommandFailedException(
                    ExitCodes.USAGE,
                    fileOrDirectory + " holds no NAME.json. Gateways in XML files are taken over with 'import'.");
        }
        return found;
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The failure to read a file, in words. */
    static CommandFailedException unreadable(Path file, IOException cause) {
        return new CommandFailedException(ExitCodes.USAGE, "Cannot read " + file + ": " + reason(file, cause), cause);
    }

    /** Why a file could not be read or written, and what mends it. */
    static String reason(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file or directory.";
        }
        if (cause instanceof AccessDeniedException) {
            return "access is denied; see the owner and permissions of the file and its directory.";
        }
        if (Files.isDirectory(file)) {
            return "it is a directory; name a file.";
        }
        return cause + ".";
    }
}
