import org.jspecify.annotations.NullMarked;

/**
 * Gateways and their status in Redis, in the formats of mod_cti.
 */
@NullMarked
module io.github.ctigateway.redis {
    requires transitive io.github.ctigateway.api;
    // Transitive: users hand in their own client, of whichever kind they run (single server, Sentinel, Cluster)
    requires transitive redis.clients.jedis;
    requires com.fasterxml.jackson.core;
    // The pool that Jedis keeps its connections in; Jedis brings it along but, without a descriptor, cannot pass it on
    requires org.apache.commons.pool2;
    // Static: nothing looks for annotations when the code runs. Transitive: our signatures carry them
    requires static transitive org.jspecify;
    requires org.slf4j;
    // Static: only who uses the package metrics brings it along, and requires it too. Not transitive: then the compiler
    // would
    // ask every module that requires this one to have it
    requires static micrometer.core;

    exports io.github.ctigateway.redis;
    exports io.github.ctigateway.redis.metrics;
}
