package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes definitions readable to FreeSWITCH: as files, over mod_xml_curl, or not at all where mod_cti reads the store itself.
 * Implementations are thread-safe and throw {@link PublisherException}.
 */
public interface GatewayPublisher extends AutoCloseable {
    /**
     * Makes exactly these definitions readable, and those that this publisher made readable before and are not among them unreadable.
     * Definitions that are not ours are left alone. When it fails, each definition is either as before or as wanted.
     *
     * @param wanted every definition that the profile should run, stamp included
     * @param pending the names among them that the next start is for
     */
    Publication publish(Collection<Gateway> wanted, Set<String> pending);

    /**
     * Tells which stamps are of the store that is published. The controller says so once, before anything else. Where several stores may
     * publish in one place, what carries a stamp of another and is not wanted here is left as it is. The default
     * ignores it, which suits a publisher that shares its place with nobody. Each store needs a publisher of its own.
     *
     * @param ours whether a stamp is of our store; from any thread
     */
    default void recognizeStamps(Predicate<String> ours) {}

    /** The definition that FreeSWITCH would read now under this name, if this publisher made one readable. */
    Optional<Gateway> published(String name);

    /**
     * The gateways that somebody else defines where this publisher publishes, with where. FreeSWITCH may read the other definition, so
     * such a gateway is left alone. None unless a publisher can see them.
     */
    default Map<String, String> definedElsewhere() {
        return Map.of();
    }

    /** Whether what is published outlives this process, so that a live gateway of ours that is not published is a sign of trouble. */
    default boolean outlivesProcess() {
        return false;
    }

    /**
     * What is known here of why FreeSWITCH has not taken in a gateway that was published and just started, for people; nothing unless a
     * publisher can know.
     */
    default Optional<String> whyNotTaken(String gateway) {
        return Optional.empty();
    }

    /** How FreeSWITCH is told to read what was published. */
    StartCommand startCommand();

    @Override
    void close();
}
