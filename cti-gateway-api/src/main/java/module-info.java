/** The gateway model, its validation, and the controller; no sockets, no files. */
@org.jspecify.annotations.NullMarked
module io.github.ctigateway.api {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.github.ctigateway;
    exports io.github.ctigateway.control;
    exports io.github.ctigateway.fleet;
    exports io.github.ctigateway.model;
    exports io.github.ctigateway.status;
    exports io.github.ctigateway.store;
    exports io.github.ctigateway.validation;
}
