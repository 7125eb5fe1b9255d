package io.github.ctigateway.xml.internal;

import io.github.ctigateway.xml.GatewayXmlException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does to a document what FreeSWITCH does before it parses (switch_xml.c, {@code preprocess}), as far as one document alone can tell,
 * and reports what it cannot: lines are dropped where FreeSWITCH drops them, known <code>$${name}</code> are replaced, unknown ones stay,
 * {@code set} directives count for what follows, all other directives are reported and not carried out. A dropped line stays as an
 * empty one, so that line numbers hold.
 */
public final class Preprocessor {
    private static final int MOST_EXPANDED = 256 * 1024;
    private static final long SUSPECTS_BELOW_64 = (1L << '<') | (1L << '$');
    private static final long SUSPECTS_FROM_64 = (1L << ('x' - 64)) | (1L << ('X' - 64));
    private static final int LARGEST = 128 * 1024 * 1024;
    private static final String DIRECTIVE = "x-pre-process";
    private static final Pattern LEGACY = Pattern.compile("<!--#([^ \\r\\n]*) \"?([^\"\\r\\n]*)");
    private static final Pattern HARMLESS = Pattern.compile("</?include>|<\\?xml[^>]*\\?>|<!--.*?-->");

    private final Map<String, String> variables;
    private final Findings findings;
    private boolean inLegacyComment;

    /**
     * @param variables the known variables; {@code set} directives are added
     */
    public Preprocessor(Map<String, String> variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    /** The document that FreeSWITCH's parser would see. */
    public String process(String document) {
        inLegacyComment = false;
        StringBuilder out = null;
        int copied = 0;
        int line = 1;
        int counted = 0;
        for (int i = nextSuspect(document, 0); i >= 0; i = nextSuspect(document, i)) {
            int start = document.lastIndexOf('\n', i) + 1;
            int end = lineEnd(document, i);
            line += newlines(document, counted, start);
            counted = start;
            if (out == null) {
                out = new StringBuilder(document.length());
            }
            out.append(document, copied, start).append(line(document.substring(start, end), line));
            if (out.length() > LARGEST) {
                throw new GatewayXmlException(line, "preprocessor variables grow the document without end", null);
            }
            copied = end;
            i = end;
            while (inLegacyComment && copied < document.length()) {
                start = copied + 1;
                end = lineEnd(document, start);
                line++;
                counted = start;
                out.append('\n').append(line(document.substring(start, end), line));
                copied = end;
                i = end;
            }
            if (i >= document.length()) {
                break;
            }
        }
        return out == null
                ? document
                : out.append(document, copied, document.length()).toString();
    }

    /** The next place, if any, where a line may hold what the preprocessor acts on. */
    private static int nextSuspect(String document, int from) {
        int last = document.length() - 1;
        for (int i = from; i < last; i++) {
            char c = document.charAt(i);
            if (c >= 128 || ((c < 64 ? SUSPECTS_BELOW_64 : SUSPECTS_FROM_64) >>> c & 1L) == 0) {
                continue;
            }
            char next = document.charAt(i + 1);
            boolean suspect = switch (c) {
                case '<' ->
                    next == '?'
                            || document.startsWith("include>", i + 1)
                            || document.startsWith("/include>", i + 1)
                            || document.startsWith("!--#", i + 1);
                case '$' -> document.startsWith("${", i + 1);
                default -> next == '-' && startsWith(document, DIRECTIVE, i);
            };
            if (suspect) {
                return i;
            }
        }
        return -1;
    }

    private static int lineEnd(String document, int from) {
        int end = document.indexOf('\n', from);
        return end < 0 ? document.length() : end;
    }

    private static int newlines(String document, int from, int to) {
        int count = 0;
        for (int i = document.indexOf('\n', from); i >= 0 && i < to; i = document.indexOf('\n', i + 1)) {
            count++;
        }
        return count;
    }

    private String line(String original, int line) {
        String expanded = expand(original, line);
        if (expanded.contains("<include>") || expanded.contains("</include>") || expanded.contains("<?")) {
            if (!inLegacyComment && !HARMLESS.matcher(expanded).replaceAll("").isBlank()) {
                findings.error(
                        line,
                        null,
                        "xml.line.dropped",
                        "line",
                        "FreeSWITCH drops the whole line, because <include>, </include> or <? stands in it",
                        "put it on a line of its own");
            }
            return "";
        }
        if (inLegacyComment) {
            int end = expanded.indexOf("-->");
            if (end < 0) {
                return "";
            }
            inLegacyComment = false;
            expanded = expanded.substring(end + 3);
        }
        int directive = find(expanded, DIRECTIVE, 0);
        if (directive >= 0) {
            directive(expanded, directive, line);
            return "";
        }
        int legacy = expanded.indexOf("<!--#");
        return legacy < 0 ? expanded : legacy(expanded, legacy, line);
    }

    private void directive(String text, int at, int line) {
        if (at == 0 || text.charAt(at - 1) != '<') {
            findings.error(
                    line,
                    null,
                    "xml.line.dropped",
                    "line",
                    "FreeSWITCH drops the whole line, because X-PRE-PROCESS stands in it",
                    "write its X as &#88;");
            return;
        }
        int command = quote(text, find(text, "cmd", at));
        int commandEnd = text.indexOf('"', command + 1);
        int argument = command < 0 || commandEnd < 0 ? -1 : quote(text, find(text, "data", commandEnd));
        int argumentEnd = text.indexOf('"', argument + 1);
        if (argument < 0 || argumentEnd < 0) {
            ignored("without a command", line);
        } else {
            command(text.substring(command + 1, commandEnd), text.substring(argument + 1, argumentEnd), line);
        }
    }

    /** The first quote after the first equals sign from here; negative when there is none. */
    private static int quote(String text, int from) {
        int equals = from < 0 ? -1 : text.indexOf('=', from);
        return equals < 0 ? -1 : text.indexOf('"', equals);
    }

    /** Where a word of small letters stands, in any ASCII case as C compares it. */
    private static int find(String text, String word, int from) {
        for (int i = from; i <= text.length() - word.length(); i++) {
            if (startsWith(text, word, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(String text, String word, int at) {
        if (at + word.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = text.charAt(at + i);
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String legacy(String text, int at, int line) {
        int end = text.indexOf("-->", at);
        inLegacyComment = end < 0;
        Matcher command = LEGACY.matcher(text).region(at, end < 0 ? text.length() : end);
        if (command.lookingAt()) {
            command(command.group(1), command.group(2), line);
        }
        return text.substring(0, at) + (end < 0 ? "" : text.substring(end + 3));
    }

    private void command(String command, String argument, int line) {
        int equals = argument.indexOf('=');
        if (command.equalsIgnoreCase("set") && equals > 0) {
            variables.put(
                    argument.substring(0, equals).stripTrailing(),
                    argument.substring(equals + 1).stripLeading());
            findings.info(
                    line,
                    null,
                    "xml.directive.set",
                    "line",
                    "a preprocessor variable is set; it was used for what follows",
                    null);
        } else {
            ignored("'" + XmlText.printable(command) + "'", line);
        }
    }

    private void ignored(String command, int line) {
        findings.warning(
                line,
                null,
                "xml.directive.ignored",
                "line",
                "the preprocessor directive " + command + " was not carried out",
                "read the files that it includes too, or give the values that it makes as variables");
    }

    /** {@code expand_vars}, but what is not known stays. */
    private String expand(String text, int line) {
        int start = text.indexOf("$${");
        if (start < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        int grown = 0;
        while (start >= 0) {
            int end = closing(text, start + 3);
            if (end < 0) {
                break;
            }
            String value = variables.get(text.substring(start + 3, end));
            if (value != null) {
                out.append(text, copied, start).append(value);
                copied = end + 1;
                grown += value.length();
                if (grown > MOST_EXPANDED) {
                    throw new GatewayXmlException(line, "preprocessor variables grow the line without end", null);
                }
            }
            start = text.indexOf("$${", end + 1);
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static int closing(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
