package io.github.ctigateway.examples.cli;

import io.github.ctigateway.redis.JsonSchema;
import picocli.CommandLine.Command;

/** {@code schema}: the JSON Schema of a gateway. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of a gateway in mod_cti's JSON, for editors and form builders.")
final class SchemaCommand extends GatewayCommand {
    @Override
    public Integer call() {
        String schema = JsonSchema.ofGateway();
        output().fact(JsonLine.of("schema").with("schema", schema), schema.stripTrailing());
        return ExitCodes.OK;
    }
}
