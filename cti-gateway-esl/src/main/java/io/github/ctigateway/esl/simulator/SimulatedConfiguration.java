package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.model.Gateway;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What FreeSWITCH finds when it reads its XML again: at its start, at {@code rescan} and at {@code startgw}. Called while no other
 * command runs, so it must answer soon.
 */
@FunctionalInterface
public interface SimulatedConfiguration {
    /**
     * Reads files anew, as FreeSWITCH does at each {@code rescan} and {@code startgw} before it looks for gateways; does nothing unless
     * there are files. A configuration around another one hands it on: without it {@link #directory} has read nothing, and says so.
     *
     * @throws RuntimeException when they cannot be read; FreeSWITCH shows the message in {@code Reload XML [...]} and goes on with the
     *     files as it read them last
     */
    default void reload() {}

    /**
     * The gateways of one profile, in the order of the XML.
     *
     * @throws RuntimeException when the XML cannot be read; FreeSWITCH shows the message in {@code Reload XML [...]} and goes on with
     *     what it read last
     */
    List<GatewayDefinition> read(Request request);

    /**
     * The files {@code *.xml} of a directory, as {@code <X-PRE-PROCESS cmd="include" data="external/*.xml"/>} takes them in: sorted by
     * name, through FreeSWITCH's line-based preprocessor and its own lax XML reader. A missing directory holds nothing.
     */
    static SimulatedConfiguration directory(Path directory) {
        return directory(directory, Map.of("domain", "127.0.0.1"));
    }

    /** As {@link #directory(Path)}, with these global variables for {@code $${name}}; an unknown one is empty. */
    static SimulatedConfiguration directory(Path directory, Map<String, String> globals) {
        return new DirectoryReader(directory, Map.copyOf(globals));
    }

    /** Gateways in memory; the supplier is asked each time. */
    static SimulatedConfiguration gateways(Supplier<? extends Collection<Gateway>> gateways) {
        return request -> gateways.get().stream().map(GatewayDefinition::of).toList();
    }

    /**
     * What a web server answers, asked as mod_xml_curl asks: for just the gateways at {@code startgw}, and for the profile and the
     * directory's gateways at the start and at {@code rescan}; and for what FreeSWITCH's core asks at each reload.
     *
     * @param uri where mod_xml_curl posts to
     * @param files where the profile comes from when the web server says "not found", cannot be reached, or answers with an error or
     *     with what is no XML: FreeSWITCH then takes its files, and its commands say nothing of it
     */
    static SimulatedConfiguration xmlCurl(URI uri, SimulatedConfiguration files) {
        return new XmlCurlReader(uri, files);
    }

    /**
     * For whom, and by what command, the XML is read; mod_xml_curl would post these.
     *
     * @param node the switch's name
     * @param profile the profile whose gateways are wanted
     * @param reconfig whether the profile runs already: not at the start
     * @param startGateway the word after {@code startgw}, which may be {@code _all_}; empty at the start and at {@code rescan}
     */
    record Request(String node, String profile, boolean reconfig, Optional<String> startGateway) {}
}
