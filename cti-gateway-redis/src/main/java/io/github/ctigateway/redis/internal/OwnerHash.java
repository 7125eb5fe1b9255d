package io.github.ctigateway.redis.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.UnifiedJedis;

/** Which node owns which gateway, for how long. Redis decides, and by its own clock. */
public final class OwnerHash {
    /** What both scripts share: the owner of a field, or nothing when its time is over. */
    private static final String READ = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local function owner(value)
              if not value then return nil end
              local ends, node = string.match(value, '^(%d+) (.+)$')
              if ends and tonumber(ends) > now then return node end
              return nil
            end
            """;

    /** The whole hash goes when its last owner's time is over. */
    private static final RedisScript CLAIM = new RedisScript(READ + """
            local node, limit = ARGV[1], tonumber(ARGV[2])
            local answer = {}
            for i = 3, #ARGV, 2 do
              local holder = owner(redis.call('HGET', KEYS[1], ARGV[i]))
              if holder == node or (not holder and ARGV[i + 1] == '1') then
                redis.call('HSET', KEYS[1], ARGV[i], string.format('%.0f', now + limit) .. ' ' .. node)
                holder = node
              end
              answer[#answer + 1] = holder or ''
            end
            if redis.call('PTTL', KEYS[1]) < limit then redis.call('PEXPIRE', KEYS[1], limit) end
            return answer
            """);

    private static final RedisScript OWNERS = new RedisScript(READ + """
            local answer = {}
            for i = 1, #ARGV do
              answer[i] = owner(redis.call('HGET', KEYS[1], ARGV[i])) or ''
            end
            return answer
            """);

    private final UnifiedJedis jedis;
    private final String domain;
    private final List<byte[]> key;

    public OwnerHash(UnifiedJedis jedis, String domain) {
        if (domain.isEmpty()) {
            throw new IllegalArgumentException("domain cannot be empty");
        }
        this.jedis = jedis;
        this.domain = domain;
        this.key = List.of(StoreKeys.utf8("cti_gateway_owner@" + domain));
    }

    /** Prolongs and takes; returns who owns these gateways then. */
    public Map<String, String> claim(String node, Collection<String> gateways, Set<String> free, Duration limit) {
        if (gateways.isEmpty()) {
            return Map.of();
        }
        List<byte[]> arguments = new ArrayList<>(2 + 2 * gateways.size());
        arguments.add(StoreKeys.utf8(node));
        arguments.add(StoreKeys.utf8(Long.toString(limit.toMillis())));
        for (String gateway : gateways) {
            arguments.add(StoreKeys.utf8(gateway));
            arguments.add(StoreKeys.utf8(free.contains(gateway) ? "1" : "0"));
        }
        return owners("claiming gateways of " + domain, CLAIM, gateways, arguments);
    }

    /** Who owns these gateways. */
    public Map<String, String> owners(Collection<String> gateways) {
        if (gateways.isEmpty()) {
            return Map.of();
        }
        List<byte[]> arguments = gateways.stream().map(StoreKeys::utf8).toList();
        return owners("reading the owners of gateways of " + domain, OWNERS, gateways, arguments);
    }

    private Map<String, String> owners(
            String doing, RedisScript script, Collection<String> gateways, List<byte[]> arguments) {
        List<?> answer =
                RedisErrors.translate(doing, () -> (List<?>) Objects.requireNonNull(script.run(jedis, key, arguments)));
        Map<String, String> owners = new TreeMap<>();
        int at = 0;
        for (String gateway : gateways) {
            String owner = new String((byte[]) answer.get(at), StandardCharsets.UTF_8);
            at++;
            if (!owner.isEmpty()) {
                owners.put(gateway, owner);
            }
        }
        return owners;
    }
}
