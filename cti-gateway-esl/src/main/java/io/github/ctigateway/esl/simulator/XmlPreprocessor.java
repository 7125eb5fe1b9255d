package io.github.ctigateway.esl.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line-based preprocessor that FreeSWITCH runs over its files before it parses them (switch_xml.c, preprocess). It knows nothing of
 * XML: a password with {@code $${domain}} is changed, and a line with {@code <include>}, {@code <?} or {@code X-PRE-PROCESS} in it is
 * lost, whatever it meant. Of the directives, {@code set} and {@code include} work; those that run programs do nothing.
 */
final class XmlPreprocessor {
    private static final Logger LOG = LoggerFactory.getLogger(XmlPreprocessor.class);
    private static final int MAX_DEPTH = 100;
    private static final Pattern DIRECTIVE = Pattern.compile(
            "cmd.*?=.*?\"([^\"]*)\".*?data.*?=.*?\"([^\"]*)\"?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Map<String, String> variables;

    XmlPreprocessor(Map<String, String> globals) {
        this.variables = new HashMap<>(globals);
    }

    /** The files of a directory that match a glob, sorted, one after the other; one char for each byte. */
    String include(Path directory, String glob) throws IOException {
        StringBuilder out = new StringBuilder();
        include(directory, glob, out, 0);
        return out.toString();
    }

    /** A text that is no file: a web server's answer. Files that it includes are not found. */
    String text(String text) throws IOException {
        StringBuilder out = new StringBuilder();
        process(Path.of(""), text, out, MAX_DEPTH);
        return out.toString();
    }

    private void include(Path directory, String glob, StringBuilder out, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            return;
        }
        Path pattern = directory.resolve(glob);
        Path parent = pattern.getParent();
        Path last = pattern.getFileName();
        if (parent == null || last == null || !Files.isDirectory(parent)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, last.toString())) {
            // glob(3) leaves hidden files out, and with them a publisher's temporary ones.
            found.forEach(file -> {
                if (!String.valueOf(file.getFileName()).startsWith(".") && Files.isRegularFile(file)) {
                    files.add(file);
                }
            });
        }
        files.sort((a, b) -> a.toString().compareTo(b.toString()));
        for (Path file : files) {
            Optional<String> text = text(file);
            if (text.isPresent()) {
                process(parent, text.get(), out, depth);
            }
        }
    }

    /** FreeSWITCH logs a file that it cannot open and goes on. */
    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            LOG.warn("Could not open {} ({})", file, e.toString());
            return Optional.empty();
        }
    }

    private void process(Path directory, String text, StringBuilder out, int depth) throws IOException {
        boolean inComment = false;
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
                end++;
            }
            end = Math.min(end + 1, text.length());
            String raw = text.substring(start, end);
            start = end;
            Expansion expansion = expand(raw);
            if (expansion.seen.contains("<include>")
                    || expansion.seen.contains("</include>")
                    || expansion.seen.contains("<?")) {
                continue;
            }
            String line = expansion.line;
            if (inComment) {
                int close = line.indexOf("-->");
                if (close < 0) {
                    continue;
                }
                inComment = false;
                line = line.substring(close + 3);
            }
            int directive = line.toLowerCase(Locale.ROOT).indexOf("x-pre-process");
            if (directive >= 0) {
                if (directive > 0 && line.charAt(directive - 1) == '<') {
                    obey(directory, line.substring(directive), out, depth);
                }
                continue;
            }
            int comment = line.indexOf("<!--#");
            if (comment >= 0) {
                out.append(line, 0, comment);
                int close = line.indexOf("-->", comment);
                inComment = close < 0;
                if (close >= 0) {
                    out.append(line, close + 3, line.length());
                }
                continue;
            }
            out.append(line);
        }
    }

    private void obey(Path directory, String line, StringBuilder out, int depth) throws IOException {
        int end = line.indexOf("/>");
        Matcher directive = DIRECTIVE.matcher(end < 0 ? line : line.substring(0, end + 2));
        if (!directive.find()) {
            return;
        }
        String data = directive.group(2);
        if (directive.group(1).equalsIgnoreCase("include")) {
            include(directory, data, out, depth + 1);
        } else if (directive.group(1).equalsIgnoreCase("set") && data.indexOf('=') > 0) {
            int equals = data.indexOf('=');
            variables.put(
                    data.substring(0, equals).stripTrailing(),
                    data.substring(equals + 1).stripLeading());
        }
    }

    /** {@code $${name}} replaced; what preprocess then looks for {@code <include>} in ends at the first replaced variable. */
    private Expansion expand(String raw) {
        StringBuilder line = new StringBuilder();
        String seen = raw;
        boolean cut = false;
        int i = 0;
        while (i < raw.length()) {
            int close = raw.startsWith("$${", i) ? endOfBraces(raw, i + 2) : -1;
            if (close < 0) {
                line.append(raw.charAt(i++));
                continue;
            }
            if (!cut) {
                seen = raw.substring(0, close);
                cut = true;
            }
            line.append(variables.getOrDefault(raw.substring(i + 3, close), ""));
            i = close + 1;
        }
        return new Expansion(line.toString(), seen);
    }

    private static int endOfBraces(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private record Expansion(String line, String seen) {}
}
