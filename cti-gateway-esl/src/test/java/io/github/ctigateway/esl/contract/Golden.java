package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a real FreeSWITCH 1.11.3-dev answered, recorded in our own runs; every server must answer the same. With the system property
 * {@code contract.record=DIR} a run writes such records instead of comparing: done against a real server only.
 */
final class Golden {
    private Golden() {}

    static void assertMatches(String name, String transcript) {
        String directory = System.getProperty("contract.record", "");
        try {
            if (!directory.isEmpty()) {
                Files.writeString(Path.of(directory).resolve(name + ".txt"), transcript);
                return;
            }
            // For a look with diff when they differ: the message is too long to read.
            Path actual = Path.of("target", "contract", "answered");
            Files.createDirectories(actual);
            Files.writeString(actual.resolve(name + ".txt"), transcript);
            try (InputStream in = Objects.requireNonNull(
                    Golden.class.getResourceAsStream(name + ".txt"), "no record named " + name)) {
                assertThat(transcript).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
