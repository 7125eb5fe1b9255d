package io.github.ctigateway.redis;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.internal.HashStore;
import io.github.ctigateway.redis.internal.RedisClients;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * The gateways of one domain where mod_cti keeps them: in the Redis hash {@code cti_gateway@<domain>}, one field per gateway, in the
 * form of {@link GatewayJson}. Thread-safe, and correct beside other writers of the same hash: every change is made in Redis, and only
 * over the bytes it was computed from.
 *
 * <ul>
 *   <li>{@link #save} keeps the additional members that other tools stored and the given gateway does not mention;
 *       {@link #saveIfUnchanged}, whose caller has seen them, writes exactly the given ones.
 *   <li>A revision is a hash of the field's bytes, so that a foreign writer's change counts as one.
 *   <li>A connection that breaks while a gateway is saved ends as {@link io.github.ctigateway.store.StoreUnavailableException}: it may
 *       or may not be there. Saving again is harmless.
 *   <li>The stamp secret is the key {@code cti_gateway_stamp_key@<domain>}, 32 random bytes. Whoever deletes it makes every gateway
 *       look changed, and those that are no longer stored another store's: they and their files are left alone.
 *   <li>A store with an author records its changes in the stream {@code cti_gateway_history@<domain>}, some ten thousand of them: who,
 *       when, both revisions, and both values, encrypted under the stamp key. mod_cti and other tools do not; what they changed shows
 *       in the next record as its old value. A change whose answer was lost with the connection is, as a rule, recorded when the store next reads the
 *       gateway and finds the very bytes that it was to write, or none where it was to be deleted; but not a plain {@link #delete}, which
 *       has not seen what it deletes.
 * </ul>
 */
public final class RedisGatewayStore implements GatewayStore {
    private final HashStore store;
    private final Runnable closeClient;

    private RedisGatewayStore(UnifiedJedis jedis, String domain, @Nullable String author, Runnable closeClient) {
        this.store = new HashStore(jedis, domain, author);
        this.closeClient = closeClient;
    }

    /**
     * Opens a client of its own and closes it with the store. The address is one of
     *
     * <pre>
     * redis://[user:password@]host[:port][/database]
     * redis+sentinel://[user:password@]host[:port],…/master[/database]
     * redis+cluster://[user:password@]host[:port],…
     * </pre>
     *
     * <p>or the same with {@code rediss} for TLS, and may end in options: {@code ?timeout-ms=5000&client-name=x&protocol=2|3}, and for
     * the sentinels {@code sentinel-user} and {@code sentinel-password}. User, password and options are percent-encoded. A single
     * server is first connected to when it is first used.
     *
     * @throws IllegalArgumentException when the address is not understood; it is not quoted, since it may hold a password
     */
    public static RedisGatewayStore open(String uri, String domain) {
        return opened(uri, domain, null);
    }

    /** As {@link #open(String, String)}, and records every change in the history under the author's name. */
    public static RedisGatewayStore open(String uri, String domain, String author) {
        return opened(uri, domain, Objects.requireNonNull(author, "author cannot be null"));
    }

    private static RedisGatewayStore opened(String uri, String domain, @Nullable String author) {
        Objects.requireNonNull(domain, "domain cannot be null");
        UnifiedJedis jedis = RedisClients.open(Objects.requireNonNull(uri, "uri cannot be null"));
        return new RedisGatewayStore(jedis, domain, author, jedis::close);
    }

    /** Uses a client for a single server, Sentinel or Cluster, which stays open when the store is closed. */
    public static RedisGatewayStore of(UnifiedJedis jedis, String domain) {
        Objects.requireNonNull(domain, "domain cannot be null");
        return new RedisGatewayStore(Objects.requireNonNull(jedis, "jedis cannot be null"), domain, null, () -> {});
    }

    /** As {@link #of(UnifiedJedis, String)}, and records every change in the history under the author's name. */
    public static RedisGatewayStore of(UnifiedJedis jedis, String domain, String author) {
        Objects.requireNonNull(jedis, "jedis cannot be null");
        Objects.requireNonNull(domain, "domain cannot be null");
        return new RedisGatewayStore(jedis, domain, Objects.requireNonNull(author, "author cannot be null"), () -> {});
    }

    @Override
    public String domain() {
        return store.domain();
    }

    @Override
    public StoreSnapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public Optional<StoredGateway> find(String name) {
        return store.find(Objects.requireNonNull(name, "name cannot be null"));
    }

    @Override
    public StoredGateway save(Gateway gateway) {
        return store.save(Objects.requireNonNull(gateway, "gateway cannot be null"));
    }

    @Override
    public StoredGateway saveIfUnchanged(Gateway gateway, String expectedRevision) {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        return store.saveIfUnchanged(
                gateway, Objects.requireNonNull(expectedRevision, "expectedRevision cannot be null"));
    }

    /**
     * Saves many gateways as {@link #save} does. One that is refused stops no other; of equal names the last is saved.
     *
     * <p>Up to 1,000 take one round trip as long as they are stored as this store last read or wrote them, and those that it never met
     * are not there; all others are read, which takes two more. It remembers its last snapshot and the latest 2,000 fields that it
     * read or wrote since, but for those of larger batches. More than 1,000 are read and written in transactions of 1,000, each of which
     * ends in the round trip in which the next one begins; it is given up for single comparisons when somebody else touches the hash
     * meanwhile. In a cluster, and for a user without transactions, more than 1,000 take two round trips for each 500. Records of the
     * history take three more.
     *
     * <p>When the connection breaks, some, all or none of them may be there. When Redis refuses only some, the others are there; each
     * further reason is suppressed in the exception.
     *
     * @return what became of each, in the order of the first mention of its name
     */
    public List<SaveOutcome> saveAll(Collection<Gateway> gateways) {
        return store.saveAll(Objects.requireNonNull(gateways, "gateways cannot be null"));
    }

    @Override
    public boolean delete(String name) {
        return store.delete(Objects.requireNonNull(name, "name cannot be null"));
    }

    /**
     * Removes an entry, readable or not, if nobody changed it meanwhile.
     *
     * @param expectedRevision the revision that was read
     * @return false when there is no such entry
     * @throws io.github.ctigateway.store.RevisionConflictException when it is at another revision; nothing is removed
     */
    public boolean deleteIfUnchanged(String name, String expectedRevision) {
        Objects.requireNonNull(name, "name cannot be null");
        return store.deleteIfUnchanged(
                name, Objects.requireNonNull(expectedRevision, "expectedRevision cannot be null"));
    }

    /** {@inheritDoc} Our own changes are told at once, those of other tools within five seconds as long as Redis answers. */
    @Override
    public Watch watch(Consumer<String> onChange) {
        return store.watch(Objects.requireNonNull(onChange, "onChange cannot be null"));
    }

    /**
     * The last changes of a gateway, the newest first, as far as they were made through a store with an author.
     *
     * @param limit how many at most
     */
    public List<HistoryEntry> history(String name, int limit) {
        return store.history(Objects.requireNonNull(name, "name cannot be null"), limit);
    }

    /**
     * Puts back a revision that the history holds, byte for byte, over whatever is stored now; also a deleted gateway's.
     *
     * @throws UnknownRevisionException when the history does not hold it
     * @throws io.github.ctigateway.validation.InvalidGatewayException with every finding, when FreeSWITCH would not take it
     */
    public StoredGateway rollback(String name, String revision) {
        Objects.requireNonNull(name, "name cannot be null");
        return store.rollback(name, Objects.requireNonNull(revision, "revision cannot be null"));
    }

    /**
     * Looks at the server's version and configuration; of a cluster, at one of its nodes. What the user must not read is reported as such.
     *
     * @throws io.github.ctigateway.store.StoreException when the server cannot be reached, or refuses {@code INFO}
     */
    public RedisServerReport checkServer() {
        return store.checkServer();
    }

    @Override
    public byte[] stampSecret() {
        return store.stampSecret();
    }

    @Override
    public void close() {
        store.close();
        closeClient.run();
    }

    @Override
    public String toString() {
        return "RedisGatewayStore[" + store.domain() + "]";
    }
}
