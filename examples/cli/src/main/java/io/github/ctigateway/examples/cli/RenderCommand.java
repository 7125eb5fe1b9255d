package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import io.github.ctigateway.xml.GatewayXmlWriter;
import io.github.ctigateway.xml.UnwritableGatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code render}: the XML that FreeSWITCH would be given. */
@Command(
        name = "render",
        description =
                "Show the XML that FreeSWITCH would be given, with *** for secrets: 'apply' writes the real files. 1 when an entry"
                        + " cannot be read or written as XML; the others are shown all the same.")
final class RenderCommand extends GatewayCommand {
    private static final String NOT_XML = "value.not-xml";

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "The gateways; all that are stored without one.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        Findings findings = Findings.aside(output(), connections().locale());
        List<Gateway> written = new ArrayList<>();
        for (Gateway gateway : gateways(findings)) {
            Gateway masked = Masked.of(gateway);
            try {
                // What is masked may be what XML cannot carry.
                GatewayXmlWriter.render(gateway);
                output().forPrograms(JsonLine.of("xml")
                        .with("gateway", gateway.name())
                        .with("xml", GatewayXmlWriter.render(masked)));
                written.add(masked);
            } catch (UnwritableGatewayException e) {
                findings.print(gateway.name(), null, why(gateway, e));
            }
        }
        output().forPeople(GatewayXmlWriter.render(written).stripTrailing());
        return findings.exitCode();
    }

    private List<Gateway> gateways(Findings findings) {
        try (GatewayStore store = connections().openStore()) {
            if (!names.isEmpty()) {
                return names.stream()
                        .flatMap(name -> find(store, name, findings).stream())
                        .toList();
            }
            StoreSnapshot snapshot = store.snapshot();
            snapshot.unreadable().values().forEach(entry -> findings.print(entry.name(), null, entry.reasons()));
            return snapshot.gateways().values().stream()
                    .map(StoredGateway::gateway)
                    .toList();
        }
    }

    /** Empty for one that is there and cannot be read. */
    private static Optional<Gateway> find(GatewayStore store, String name, Findings findings) {
        try {
            return Optional.of(store.find(name)
                    .orElseThrow(() -> ShowCommand.noSuchGateway(name))
                    .gateway());
        } catch (UnreadableEntryException e) {
            findings.print(name, null, e.entry().reasons());
            return Optional.empty();
        }
    }

    /** As the validator says it, in the language of {@code --lang}; it has no word of its own for some of the places. */
    private List<Violation> why(Gateway gateway, UnwritableGatewayException refusal) {
        List<Violation> known = connections().validator().validate(gateway).violations().stream()
                .filter(violation -> violation.code().equals(NOT_XML))
                .toList();
        return known.isEmpty()
                ? List.of(new Violation(
                        Severity.ERROR, NOT_XML, refusal.field(), String.valueOf(refusal.getMessage()), null))
                : known;
    }
}
