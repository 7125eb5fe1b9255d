package io.github.ctigateway.redis.internal;

import java.nio.charset.StandardCharsets;

/** The keys of one domain. Each command and script touches one key only, so that a cluster may keep them on different nodes. */
final class StoreKeys {
    private final String domain;
    private final byte[] gateways;
    private final byte[] stampKey;
    private final byte[] changes;
    private final byte[] history;

    private StoreKeys(String domain) {
        this.domain = domain;
        this.gateways = utf8("cti_gateway@" + domain);
        this.stampKey = utf8("cti_gateway_stamp_key@" + domain);
        this.changes = utf8("cti_gateway_changed@" + domain);
        this.history = utf8("cti_gateway_history@" + domain);
    }

    static StoreKeys of(String domain) {
        if (domain.isEmpty()) {
            throw new IllegalArgumentException("domain cannot be empty");
        }
        return new StoreKeys(domain);
    }

    String domain() {
        return domain;
    }

    /** mod_cti's hash. */
    byte[] gateways() {
        return gateways;
    }

    /** The secret of the stamps. */
    byte[] stampKey() {
        return stampKey;
    }

    /** The channel on which writers tell the names of changed gateways. */
    byte[] changes() {
        return changes;
    }

    /** The stream of what was changed. */
    byte[] history() {
        return history;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
