import org.jspecify.annotations.NullMarked;

/**
 * The event socket of FreeSWITCH: a client, a gateway switch over it, and a simulator for tests and demos.
 */
@NullMarked
module io.github.ctigateway.esl {
    requires transitive io.github.ctigateway.api;
    requires com.fasterxml.jackson.core;
    // Static: nothing looks for annotations when the code runs. Transitive: our signatures carry them
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.github.ctigateway.esl;
    exports io.github.ctigateway.esl.simulator;
}
