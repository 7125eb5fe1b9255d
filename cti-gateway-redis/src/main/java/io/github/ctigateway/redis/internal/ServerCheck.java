package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.RedisServerReport;
import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;

/** Looks at the version and the configuration of a server: whether it can lose gateways, and how soon their changes are seen. */
public final class ServerCheck {
    /** The first with streams, which keep the history. */
    private static final int OLDEST_MAJOR = 5;

    private final UnifiedJedis jedis;
    private final Map<String, String> info = new HashMap<>();
    private final List<Violation> findings = new ArrayList<>();

    private ServerCheck(UnifiedJedis jedis) {
        this.jedis = jedis;
    }

    /**
     * Asks the server; of a cluster, one of its nodes.
     *
     * @throws StoreException when it cannot be reached or refuses even {@code INFO}
     */
    public static RedisServerReport of(UnifiedJedis jedis) {
        return new ServerCheck(jedis).report();
    }

    private RedisServerReport report() {
        String text = RedisErrors.translate("asking Redis about itself", () -> jedis.info());
        for (String line : text.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        version();
        eviction();
        persistence();
        notifications();
        return new RedisServerReport(info("redis_version"), findings);
    }

    private void version() {
        String version = info("redis_version");
        int dot = version.indexOf('.');
        String major = dot < 0 ? version : version.substring(0, dot);
        if (!major.matches("[0-9]{1,6}") || Integer.parseInt(major) < OLDEST_MAJOR) {
            find(
                    Severity.ERROR,
                    "redis.version",
                    "version " + version + " has no streams, so no history can be kept",
                    "use Redis 5 or newer");
        }
    }

    private void eviction() {
        String policy = info("maxmemory_policy");
        boolean limited = !info("maxmemory").equals("0");
        if (policy.startsWith("allkeys-")) {
            find(
                    limited ? Severity.ERROR : Severity.WARNING,
                    "redis.eviction",
                    "maxmemory-policy is " + policy + (limited ? "" : ", though maxmemory is not set")
                            + ": when its memory is full, Redis throws away the hash of all gateways like any other key",
                    "CONFIG SET maxmemory-policy noeviction, and the same in redis.conf");
        } else if (policy.startsWith("volatile-") && limited) {
            find(
                    Severity.WARNING,
                    "redis.eviction",
                    "maxmemory-policy is " + policy
                            + ": when its memory is full, Redis may throw away leases, and two controllers work on one node",
                    "CONFIG SET maxmemory-policy noeviction, and the same in redis.conf");
        }
    }

    private void persistence() {
        if (info("rdb_last_bgsave_status").equals("err")
                || info("aof_last_write_status").equals("err")) {
            find(
                    Severity.ERROR,
                    "redis.persistence",
                    "Redis could not write to its disk; a restart loses what was saved since",
                    "see its log, and that its disk has room and belongs to it");
        }
        if (info("aof_enabled").equals("0")) {
            setting("save")
                    .filter(String::isEmpty)
                    .ifPresent(none -> find(
                            Severity.WARNING,
                            "redis.persistence",
                            "Redis keeps nothing on its disk; a restart loses every gateway and the stamp key",
                            "CONFIG SET appendonly yes, and the same in redis.conf"));
        }
    }

    private void notifications() {
        setting("notify-keyspace-events")
                .filter(events -> events.indexOf('K') < 0 || (events.indexOf('h') < 0 && events.indexOf('A') < 0))
                .ifPresent(events -> find(
                        Severity.INFO,
                        "redis.notifications",
                        "Redis does not tell of changes that other tools make; they are seen by the comparison every five seconds",
                        "CONFIG SET notify-keyspace-events Kgh, and the same in redis.conf, to see them at once"));
    }

    /** A setting; empty when we must not ask, as in most clouds, which is a finding itself. */
    private Optional<String> setting(String name) {
        try {
            Map<String, String> found =
                    RedisErrors.translate("reading the configuration of Redis", () -> jedis.configGet(name));
            return Optional.ofNullable(found.get(name));
        } catch (StoreException e) {
            find(
                    Severity.INFO,
                    "redis.hidden",
                    "whether " + name + " is right cannot be seen; this user must not read the configuration",
                    "allow it with +config|get, or look at " + name + " yourself");
            return Optional.empty();
        }
    }

    private String info(String name) {
        return info.getOrDefault(name, "");
    }

    private void find(Severity severity, String code, String message, String hint) {
        findings.add(new Violation(severity, code, "redis", message, hint));
    }
}
