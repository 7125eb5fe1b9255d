package io.github.ctigateway.xml;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * What an import found.
 *
 * @param imported the gateways in the order of the sources; of two with one name the first, as FreeSWITCH does it. Unmodifiable
 * @param findings what cannot be carried over as it stands, in the order of the sources; unmodifiable
 */
public record XmlImport(List<ImportedGateway> imported, List<XmlFinding> findings) {
    public XmlImport {
        imported = List.copyOf(imported);
        findings = List.copyOf(findings);
    }

    /** The definitions alone. */
    public List<Gateway> gateways() {
        return imported.stream().map(ImportedGateway::gateway).toList();
    }

    /**
     * The same without the variable {@value GatewayValidator#STAMP_VARIABLE}, which the publishers add and which is no part of a definition:
     * no store takes it. When there was one, a finding says how many gateways had it.
     */
    public XmlImport withoutStamps() {
        List<ImportedGateway> plain = new ArrayList<>();
        int stamped = 0;
        for (ImportedGateway found : imported) {
            Gateway gateway = found.gateway();
            Gateway without = gateway.toBuilder()
                    .removeVariable(GatewayValidator.STAMP_VARIABLE)
                    .build();
            stamped += without.equals(gateway) ? 0 : 1;
            plain.add(new ImportedGateway(without, found.source(), found.line()));
        }
        if (stamped == 0) {
            return this;
        }
        List<XmlFinding> all = new ArrayList<>(findings);
        all.add(new XmlFinding(
                "",
                0,
                null,
                new Violation(
                        Severity.INFO,
                        "xml.stamp.removed",
                        "variable." + GatewayValidator.STAMP_VARIABLE,
                        "left out of " + stamped + (stamped == 1 ? " gateway" : " gateways")
                                + " that cti-gateway published: it is no part of a definition",
                        null)));
        return new XmlImport(plain, all);
    }

    /** Whether something was lost: a file that could not be read, or lines that FreeSWITCH drops. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.violation().severity() == Severity.ERROR);
    }
}
