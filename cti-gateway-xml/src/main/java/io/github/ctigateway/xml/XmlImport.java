package io.github.ctigateway.xml;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.Severity;
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

    /** Whether something was lost: a file that could not be read, or lines that FreeSWITCH drops. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.violation().severity() == Severity.ERROR);
    }
}
