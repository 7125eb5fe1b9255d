package io.github.ctigateway.examples.cli;

import io.github.ctigateway.redis.CtiJson;
import io.github.ctigateway.redis.CtiJsonException;
import io.github.ctigateway.redis.RedisStatusOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where in Redis the status of gateways stands. */
final class StatusPlace {
    @Option(
            names = "--cti-json",
            paramLabel = "FILE",
            description =
                    "mod_cti's cti.json, which names the hash, the channel and the list; the hash gateways alone without it.")
    private @Nullable Path ctiJson;

    RedisStatusOptions options() {
        return ctiJson == null ? RedisStatusOptions.defaults() : read(ctiJson);
    }

    private static RedisStatusOptions read(Path file) {
        try {
            return CtiJson.statusOptions(new String(GatewayFile.bytes(file), StandardCharsets.UTF_8));
        } catch (CtiJsonException e) {
            throw new CommandFailedException(ExitCodes.FINDINGS, file + " is no cti.json: " + e.getMessage(), e);
        }
    }
}
