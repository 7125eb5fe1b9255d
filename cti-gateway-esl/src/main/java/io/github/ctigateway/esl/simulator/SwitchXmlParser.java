package io.github.ctigateway.esl.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML the way switch_xml_parse_str does: it knows no encodings (a char is a byte), keeps what it does not understand, and, unlike
 * the XML standard, leaves a line break that was written as a numeric reference a line break while a raw one in an attribute becomes a blank.
 * DTDs are skipped.
 */
final class SwitchXmlParser {
    private static final Map<String, Character> ENTITIES =
            Map.of("lt;", '<', "gt;", '>', "quot;", '"', "apos;", '\'', "amp;", '&');

    private final String text;
    private final Deque<SwitchXml> open = new ArrayDeque<>();
    private int at;
    private @Nullable SwitchXml root;

    SwitchXmlParser(String text) {
        this.text = text;
    }

    SwitchXml parse() {
        at = text.indexOf('<');
        while (at >= 0) {
            at++;
            if (text.startsWith("!--", at)) {
                skipComment();
            } else if (text.startsWith("![CDATA[", at)) {
                at = after("]]>", "unclosed <![CDATA[");
            } else if (text.startsWith("!DOCTYPE", at)) {
                at = after(">", "unclosed <!DOCTYPE");
            } else if (peek() == '?') {
                at = after("?>", "unclosed <?");
            } else if (peek() == '/') {
                closeTag();
            } else if (startsName(peek())) {
                openTag();
            } else {
                throw broken("unexpected <");
            }
            at = text.indexOf('<', at);
        }
        if (root == null) {
            throw broken("root tag missing");
        }
        if (!open.isEmpty()) {
            throw broken("unclosed tag <" + open.getLast().name() + ">");
        }
        return root;
    }

    private void skipComment() {
        int end = text.indexOf("--", at + 3);
        // As in XML, a comment may not hold "--"; switch_xml is strict here.
        if (end < 0 || !text.startsWith("-->", end)) {
            throw broken("unclosed <!--");
        }
        at = end + 3;
    }

    private int after(String end, String otherwise) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw broken(otherwise);
        }
        return found + end.length();
    }

    private void closeTag() {
        int start = ++at;
        skipTo("\t\r\n >");
        String name = text.substring(start, at);
        if (open.isEmpty() || !open.getLast().name().equals(name)) {
            throw broken("unexpected closing tag </" + name + ">");
        }
        open.removeLast();
    }

    private void openTag() {
        if (root != null && open.isEmpty()) {
            throw broken("markup outside of root element");
        }
        int start = at;
        skipTo("\t\r\n />");
        String name = text.substring(start, at);
        skipBlanks();
        Map<String, String> attributes = new LinkedHashMap<>();
        while (at < text.length() && peek() != '/' && peek() != '>') {
            attribute(attributes);
            skipBlanks();
        }
        SwitchXml element = new SwitchXml(name, attributes);
        SwitchXml parent = open.peekLast();
        if (parent == null) {
            root = element;
        } else {
            parent.add(element);
        }
        if (at < text.length() && peek() == '/') {
            at++;
        } else {
            open.addLast(element);
        }
        if (at >= text.length() || peek() != '>') {
            throw broken("missing >");
        }
    }

    private void attribute(Map<String, String> attributes) {
        int start = at;
        skipTo("\t\r\n =/>");
        String name = text.substring(start, at);
        String value = "";
        while (at < text.length() && (isSpace(peek()) || peek() == '=')) {
            at++;
        }
        if (at < text.length() && (peek() == '"' || peek() == '\'')) {
            char quote = peek();
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw broken("missing " + quote);
            }
            value = decode(text.substring(at + 1, end));
            at = end + 1;
        }
        // The first of two equal names is the one that a lookup finds.
        attributes.putIfAbsent(name, value);
    }

    /** switch_xml_decode for an attribute that no DTD declares. */
    static String decode(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        String value = raw.replace("\r\n", "\n").replace('\r', '\n');
        int i = 0;
        while (i < value.length()) {
            char c = value.charAt(i);
            if (c == '&') {
                int end = value.charAt(Math.min(i + 1, value.length() - 1)) == '#'
                        ? reference(value, i, out)
                        : entity(value, i, out);
                if (end > i) {
                    i = end;
                    continue;
                }
            }
            out.append(isSpace(c) ? ' ' : c);
            i++;
        }
        return out.toString();
    }

    private static int entity(String value, int start, StringBuilder out) {
        for (Map.Entry<String, Character> entity : ENTITIES.entrySet()) {
            if (value.startsWith(entity.getKey(), start + 1)) {
                out.append(entity.getValue().charValue());
                return start + 1 + entity.getKey().length();
            }
        }
        return start;
    }

    private static int reference(String value, int start, StringBuilder out) {
        int end = value.indexOf(';', start);
        if (end < 0) {
            return start;
        }
        boolean hex = value.startsWith("x", start + 2);
        String digits = value.substring(start + (hex ? 3 : 2), end);
        int base = hex ? 16 : 10;
        if (digits.isEmpty() || digits.length() > 8 || !digits.chars().allMatch(d -> Character.digit(d, base) >= 0)) {
            return start;
        }
        int code = (int) Long.parseLong(digits, base);
        if (code <= 0 || !Character.isValidCodePoint(code)) {
            return start;
        }
        out.append(new String(Character.toString(code).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        return end + 1;
    }

    private void skipTo(String ends) {
        while (at < text.length() && ends.indexOf(peek()) < 0) {
            at++;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && isSpace(peek())) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || c >= 0x80;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private IllegalArgumentException broken(String what) {
        long line = 1
                + text.substring(0, Math.min(Math.max(at, 0), text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new IllegalArgumentException("[error near line " + line + "]: " + what);
    }
}
