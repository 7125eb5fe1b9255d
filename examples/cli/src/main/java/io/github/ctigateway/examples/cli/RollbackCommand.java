package io.github.ctigateway.examples.cli;

import io.github.ctigateway.redis.RedisGatewayStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rollback}: puts an earlier revision back. */
@Command(
        name = "rollback",
        description =
                "Put back a revision that 'history' shows, also of a deleted gateway; with --redis only. It is live after 'apply'.")
final class RollbackCommand extends GatewayCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The gateway.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "REVISION", description = "The revision.")
    private String revision = "";

    @Override
    public Integer call() {
        try (RedisGatewayStore store = connections().openRedisStore()) {
            String stored = store.rollback(name, revision).revision();
            output().fact(
                            JsonLine.of("stored").with("gateway", name).with("revision", stored),
                            "'" + name + "' is at revision " + stored + " again. It is live after 'apply'.");
        }
        return ExitCodes.OK;
    }
}
