package io.github.ctigateway.xml;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * What FreeSWITCH makes of a document, written from switch_xml.c and apart from the code under test: the preprocessor line by line on
 * bytes, then the references in each attribute by {@code switch_xml_decode}'s rules.
 */
final class FreeSwitchXmlModel {
    private static final Pattern EXPANSION = Pattern.compile("\\$\\$\\{([^{}]*)\\}");
    private static final Pattern TAG =
            Pattern.compile("<(/?)([A-Za-z_:][^\\s/>]*)((?:\\s+[^\\s=]+\\s*=\\s*(?:\"[^\"]*\"|'[^']*'))*)\\s*(/?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([^\\s=]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Map<String, String> VARIABLES = Map.of("domain", "127.0.0.1", "x", "<oops>");

    private FreeSwitchXmlModel() {}

    /** An element and its attributes. */
    record Tag(String name, Map<String, String> attributes) {}

    /** The document after {@code preprocess}; unknown variables vanish. */
    static String preprocess(String document) {
        StringBuilder out = new StringBuilder();
        boolean inComment = false;
        for (String line : document.split("(?<=\n)", -1)) {
            String expanded = EXPANSION
                    .matcher(line)
                    .replaceAll(found -> Matcher.quoteReplacement(VARIABLES.getOrDefault(found.group(1), "")));
            if (line.contains("<include>") || line.contains("</include>") || line.contains("<?")) {
                continue;
            }
            if (inComment) {
                int end = expanded.indexOf("-->");
                if (end < 0) {
                    continue;
                }
                inComment = false;
                expanded = expanded.substring(end + 3);
            }
            if (expanded.toLowerCase(Locale.ROOT).contains("x-pre-process")) {
                continue;
            }
            int directive = expanded.indexOf("<!--#");
            if (directive >= 0) {
                int end = expanded.indexOf("-->", directive);
                inComment = end < 0;
                out.append(expanded, 0, directive).append(end < 0 ? "" : expanded.substring(end + 3));
                continue;
            }
            out.append(expanded);
        }
        return out.toString();
    }

    /** Every opening element of a document that was preprocessed, with values as FreeSWITCH decodes them. */
    static List<Tag> tags(String document) {
        List<Tag> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(preprocess(document));
        while (tag.find()) {
            if (tag.group(1).isEmpty()) {
                Map<String, String> attributes = new LinkedHashMap<>();
                Matcher attribute = ATTRIBUTE.matcher(tag.group(3));
                while (attribute.find()) {
                    String raw = attribute.group(2) != null ? attribute.group(2) : attribute.group(3);
                    attributes.putIfAbsent(attribute.group(1), decode(raw));
                }
                tags.add(new Tag(tag.group(2), attributes));
            }
        }
        return tags;
    }

    /** The same as a standard parser sees it, before any preprocessor. */
    static List<Tag> standardTags(String document) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document parsed = factory.newDocumentBuilder().parse(new InputSource(new StringReader(document)));
        List<Tag> tags = new ArrayList<>();
        NodeList all = parsed.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                attributes.put(
                        element.getAttributes().item(j).getNodeName(),
                        element.getAttributes().item(j).getNodeValue());
            }
            tags.add(new Tag(element.getTagName(), attributes));
        }
        return tags;
    }

    private static String decode(String raw) {
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder();
        String bytes = new String(in, StandardCharsets.ISO_8859_1).replaceAll("\r\n?", "\n");
        for (int i = 0; i < bytes.length(); ) {
            char c = bytes.charAt(i);
            int end = bytes.indexOf(';', i);
            if (c == '&' && end > 0) {
                String reference = bytes.substring(i + 1, end);
                String replaced = switch (reference) {
                    case "lt" -> "<";
                    case "gt" -> ">";
                    case "quot" -> "\"";
                    case "apos" -> "'";
                    case "amp" -> "&";
                    default ->
                        reference.matches("#[0-9]+") && !reference.matches("#0+")
                                ? utf8(Integer.parseInt(reference.substring(1)))
                                : null;
                };
                if (replaced != null) {
                    out.append(replaced);
                    i = end + 1;
                    continue;
                }
            }
            out.append(c == '\n' || c == '\t' ? ' ' : c);
            i++;
        }
        return new String(out.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String utf8(int codePoint) {
        return new String(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
