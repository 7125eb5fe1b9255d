package io.github.ctigateway.redis;

import io.github.ctigateway.validation.Violation;
import java.util.List;
import java.util.Objects;

/**
 * What of a Redis server matters to the gateways that it keeps.
 *
 * @param version its version, as it says
 * @param findings what can harm them, each with its cure; codes begin with {@code redis.}; unmodifiable
 */
public record RedisServerReport(String version, List<Violation> findings) {
    public RedisServerReport {
        Objects.requireNonNull(version, "version cannot be null");
        findings = List.copyOf(findings);
    }
}
