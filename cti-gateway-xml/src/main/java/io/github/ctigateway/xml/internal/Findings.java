package io.github.ctigateway.xml.internal;

import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import io.github.ctigateway.xml.XmlFinding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the findings of one import; a hostile document cannot make the list grow without end. */
public final class Findings {
    private static final int MOST = 100_000;

    private final List<XmlFinding> found = new ArrayList<>();
    private String source = "";

    /** What follows is about this source. */
    public void source(String newSource) {
        source = newSource;
    }

    public String source() {
        return source;
    }

    public void error(
            int line, @Nullable String gateway, String code, String path, String message, @Nullable String hint) {
        add(line, gateway, new Violation(Severity.ERROR, code, path, message, hint));
    }

    public void warning(
            int line, @Nullable String gateway, String code, String path, String message, @Nullable String hint) {
        add(line, gateway, new Violation(Severity.WARNING, code, path, message, hint));
    }

    public void info(
            int line, @Nullable String gateway, String code, String path, String message, @Nullable String hint) {
        add(line, gateway, new Violation(Severity.INFO, code, path, message, hint));
    }

    private void add(int line, @Nullable String gateway, Violation violation) {
        if (found.size() < MOST) {
            found.add(new XmlFinding(source, line, gateway, violation));
        } else if (found.size() == MOST) {
            found.add(new XmlFinding(
                    source,
                    line,
                    null,
                    new Violation(
                            Severity.ERROR,
                            "xml.findings.more",
                            "document",
                            "there are more findings than are kept",
                            "read fewer files at a time")));
        }
    }

    public List<XmlFinding> all() {
        return found;
    }
}
