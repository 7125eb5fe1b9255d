package io.github.ctigateway.redis;

import java.util.Objects;

/**
 * Where the status of gateways goes, as {@code gui.gateway} in mod_cti's {@code cti.json} says. An empty name turns a way off.
 *
 * @param hash the hash with each gateway's last event, such as {@code gateways}
 * @param channel the channel on which each event is published
 * @param list the list on which each event is pushed
 * @param listLength how many events the list keeps, the newest; at least 1
 * @param hashPerNode whether a second hash {@code <hash>@<node>} keeps what each node said, since in the first the last node wins
 */
public record RedisStatusOptions(String hash, String channel, String list, int listLength, boolean hashPerNode) {
    private static final int DEFAULT_LIST_LENGTH = 10_000;

    public RedisStatusOptions {
        Objects.requireNonNull(hash, "hash cannot be null");
        Objects.requireNonNull(channel, "channel cannot be null");
        Objects.requireNonNull(list, "list cannot be null");
        if (listLength < 1) {
            throw new IllegalArgumentException("listLength must be at least 1, not " + listLength);
        }
    }

    /** What mod_cti does unless told otherwise: the hash {@code gateways} and nothing else. */
    public static RedisStatusOptions defaults() {
        return of("gateways", "", "");
    }

    /** The three ways of mod_cti. */
    public static RedisStatusOptions of(String hash, String channel, String list) {
        return new RedisStatusOptions(hash, channel, list, DEFAULT_LIST_LENGTH, false);
    }

    /** The same with another length of the list. */
    public RedisStatusOptions withListLength(int length) {
        return new RedisStatusOptions(hash, channel, list, length, hashPerNode);
    }

    /** The same with a hash per node. */
    public RedisStatusOptions withHashPerNode() {
        return new RedisStatusOptions(hash, channel, list, listLength, true);
    }
}
