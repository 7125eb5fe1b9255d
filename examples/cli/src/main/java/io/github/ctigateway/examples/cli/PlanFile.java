package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.SavedPlan;
import io.github.ctigateway.redis.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A saved plan as a file. */
final class PlanFile {
    private PlanFile() {}

    /** Writes it whole or not at all, readable for its owner only. */
    static void write(Path file, String plan) {
        Path absolute = file.toAbsolutePath();
        try {
            // A temporary file is its owner's alone.
            Path written = Files.createTempFile(absolute.getParent(), ".plan", ".tmp");
            try {
                Files.writeString(written, plan);
                Files.move(written, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.USAGE, "Cannot write " + file + ": " + GatewayFile.reason(file, e), e);
        }
    }

    static List<SavedPlan> read(Path file) {
        try {
            return PlanJson.read(Files.readString(file));
        } catch (IOException e) {
            throw GatewayFile.unreadable(file, e);
        }
    }
}
