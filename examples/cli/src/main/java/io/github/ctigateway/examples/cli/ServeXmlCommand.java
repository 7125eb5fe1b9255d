package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.GatewayStamp;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve-xml}: answers mod_xml_curl with what is stored. */
@Command(
        name = "serve-xml",
        description =
                "Answer FreeSWITCH's mod_xml_curl with the stored gateways of the profile until it is interrupted, so that a"
                        + " FreeSWITCH that starts finds them. Prints the configuration to install.")
final class ServeXmlCommand extends GatewayCommand {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Where to listen; port 0 takes any free one.")
    private String listen = "";

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after this time.")
    private @Nullable Integer seconds;

    @Mixin
    private XmlCurlOptions xmlCurl = new XmlCurlOptions();

    @Override
    public Integer call() {
        try (GatewayStore store = connections().openStore();
                XmlCurlListener listener = connections().listen(listen, "--listen", null, xmlCurl)) {
            GatewayStamp stamp = GatewayStamp.under(store.stampSecret());
            Runnable publish = () -> publish(store, stamp, listener);
            try (GatewayStore.Watch watch = store.watch(name -> publish.run())) {
                Objects.requireNonNull(watch);
                publish.run();
                String host = HostPort.parse(listen).orElseThrow().host();
                String binding = listener.binding(host, xmlCurl.user == null ? "" : xmlCurl.user);
                note("Answering at " + listener.uri(host)
                        + ". Install this as autoload_configs/xml_curl.conf.xml and reload" + " mod_xml_curl:");
                output().fact(
                                JsonLine.of("listening")
                                        .with("uri", listener.uri(host))
                                        .with("binding", binding),
                                binding.stripTrailing());
                terminal().patience().await(seconds);
            }
        }
        return ExitCodes.OK;
    }

    /** Everything that FreeSWITCH would take is wanted and may be started. */
    private void publish(GatewayStore store, GatewayStamp stamp, XmlCurlListener listener) {
        GatewayValidator validator = connections().validator();
        Map<String, Gateway> wanted = new LinkedHashMap<>();
        for (StoredGateway stored : store.snapshot().gateways().values()) {
            Gateway gateway = stored.gateway();
            if (validator.validate(gateway).hasErrors()) {
                note("'" + gateway.name()
                        + "' is left out: FreeSWITCH would not take it as it is meant; see 'validate'.");
            } else {
                wanted.put(gateway.name(), stamp.stamped(gateway));
            }
        }
        listener.publish(wanted.values(), wanted.keySet());
    }
}
