package io.github.ctigateway.xml;

import io.github.ctigateway.xml.internal.Findings;
import io.github.ctigateway.xml.internal.GatewayElements;
import io.github.ctigateway.xml.internal.Preprocessor;
import io.github.ctigateway.xml.internal.XmlScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads gateways from XML as FreeSWITCH would (switch_xml.c and mod_sofia's {@code parse_gateways}), and reports whatever it could not
 * carry over, what FreeSWITCH drops, and what it reads otherwise than it looks.
 *
 * <p>Takes gateway files with or without {@code <include>}, with any number of gateways, {@code sofia.conf} and profiles, and directory
 * entries of users that hold gateways. A known <code>$${name}</code> is replaced; an unknown one is kept and reported. Document types and
 * entities are refused, and size (64 MiB a document) and depth are bounded. Nothing is included or fetched.
 *
 * <p>Immutable and thread-safe.
 */
public final class GatewayXmlReader {
    private static final int LARGEST = 64 * 1024 * 1024;

    private final Map<String, String> variables;

    private GatewayXmlReader(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** A reader that knows no preprocessor variables but those which a document sets. */
    public static GatewayXmlReader create() {
        return new GatewayXmlReader(Map.of());
    }

    /** A reader that knows these preprocessor variables, by name without <code>$${}</code>. */
    public static GatewayXmlReader withVariables(Map<String, String> variables) {
        return new GatewayXmlReader(variables);
    }

    /**
     * Reads one document.
     *
     * @throws GatewayXmlException when FreeSWITCH would refuse it, or it is too large or too deep, or has a document type
     */
    public XmlImport read(String document) {
        Import running = new Import();
        running.add(document, "");
        return running.result();
    }

    /**
     * Reads one document in UTF-8; the stream is not closed.
     *
     * @throws GatewayXmlException as {@link #read(String)}, and when it is not UTF-8 or cannot be read
     */
    public XmlImport read(InputStream document) {
        return read(text(document));
    }

    /**
     * Reads files in this order, and all {@code *.xml} in and below directories, by name. Variables that a file sets are known in the
     * files after it. A file that is refused is reported and does not hide the others; of two gateways of one name the first is taken.
     */
    public XmlImport read(Collection<Path> filesAndDirectories) {
        Import running = new Import();
        for (Path path : filesAndDirectories) {
            for (Path file : files(path, running.findings)) {
                running.add(file);
            }
        }
        return running.result();
    }

    private static List<Path> files(Path path, Findings findings) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.filter(file -> file.toString().endsWith(".xml") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException failure) {
            findings.source(path.toString());
            refused(findings, 0, "the directory cannot be listed: " + failure);
            return List.of();
        }
    }

    private static String text(InputStream document) {
        byte[] bytes;
        try {
            bytes = document.readNBytes(LARGEST + 1);
        } catch (IOException failure) {
            throw new GatewayXmlException(0, "the document cannot be read: " + failure, failure);
        }
        if (bytes.length > LARGEST) {
            throw new GatewayXmlException(0, "the document is larger than " + LARGEST + " bytes; split it", null);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new GatewayXmlException(0, "the document is not UTF-8; convert it", notUtf8);
        }
    }

    private static void refused(Findings findings, int line, String reason) {
        findings.error(line, null, "xml.refused", "document", reason, null);
    }

    /** One import: what was found up to now, and the variables that were set on the way. */
    private final class Import {
        private final Findings findings = new Findings();
        private final Map<String, String> known = new HashMap<>(variables);
        private final List<ImportedGateway> gateways = new ArrayList<>();
        private final Set<String> names = new HashSet<>();

        void add(Path file) {
            findings.source(file.toString());
            try (InputStream in = Files.newInputStream(file)) {
                add(text(in), file.toString());
            } catch (GatewayXmlException refused) {
                refused(findings, refused.line().orElse(0), refused.reason());
            } catch (IOException failure) {
                refused(findings, 0, "the file cannot be read: " + failure);
            }
        }

        void add(String document, String source) {
            if (document.length() > LARGEST) {
                throw new GatewayXmlException(
                        0, "the document is larger than " + LARGEST + " characters; split it", null);
            }
            findings.source(source);
            String text = document.startsWith("\uFEFF") ? document.substring(1) : document;
            String processed = new Preprocessor(known, findings).process(text);
            for (ImportedGateway found : new GatewayElements(new XmlScanner(processed), findings).read()) {
                String name = found.gateway().name();
                if (names.add(name)) {
                    gateways.add(found);
                } else {
                    findings.warning(
                            found.line(),
                            name,
                            "gateway.duplicate",
                            "name",
                            "a gateway of this name came before it; FreeSWITCH ignores this one",
                            "remove one of them");
                }
            }
        }

        XmlImport result() {
            return new XmlImport(gateways, findings.all());
        }
    }
}
