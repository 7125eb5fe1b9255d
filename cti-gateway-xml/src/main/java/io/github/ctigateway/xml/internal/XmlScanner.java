package io.github.ctigateway.xml.internal;

import io.github.ctigateway.xml.GatewayXmlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the elements out of a document that the {@link Preprocessor} has been over. It takes what FreeSWITCH's own reader takes
 * (switch_xml.c, {@code switch_xml_parse_str}), which a standard parser would not: several roots, a bare {@code &} or {@code <} in a
 * value, an attribute twice. It has no document types and no entities but the five of XML, so there is nothing to expand and nothing to
 * fetch. It also keeps the raw text of a value, which tells <code>$${name}</code> from the same characters written as references.
 */
public final class XmlScanner {
    /** What {@link #next} found. */
    public enum Token {
        /** An element begins; {@link #element} has it. */
        START,
        /** The innermost open element ends. */
        END,
        /** Text that is not blank. */
        TEXT,
        /** The document is over. */
        DONE
    }

    /**
     * An attribute.
     *
     * @param raw the text between the quotes
     * @param value what FreeSWITCH makes of it
     * @param plain whether there is nothing in it that FreeSWITCH, or another parser, might read otherwise than it looks
     */
    public record Attribute(String name, String raw, String value, boolean plain) {}

    /** An element that begins on this line, with its attributes in order. */
    public record Element(String name, int line, List<Attribute> attributes) {}

    private static final String[] FREQUENT_NAMES = {"name", "value", "param", "variable", "gateway", "variables"};
    private static final int DEEPEST = 64;
    private static final int MOST_ATTRIBUTES = 100;

    private final String text;
    private final Deque<String> open = new ArrayDeque<>();
    private Element element = new Element("", 0, List.of());
    private boolean closeAtOnce;
    private int at;
    private int line = 1;
    private int newline;

    public XmlScanner(String text) {
        this.text = text;
        this.newline = text.indexOf('\n');
    }

    /** The element that began last. */
    public Element element() {
        return element;
    }

    /** The line of the current place, counted from 1. */
    public int line() {
        while (newline >= 0 && newline < at) {
            line++;
            newline = text.indexOf('\n', newline + 1);
        }
        return line;
    }

    /**
     * Goes on to the next token.
     *
     * @throws GatewayXmlException when FreeSWITCH would refuse the document, or it has a document type or is too deep
     */
    public Token next() {
        if (closeAtOnce) {
            closeAtOnce = false;
            open.pop();
            return Token.END;
        }
        while (at < text.length()) {
            int markup = text.indexOf('<', at);
            int textEnd = markup < 0 ? text.length() : markup;
            boolean blank = isBlank(at, textEnd);
            at = textEnd;
            if (!blank) {
                return Token.TEXT;
            }
            if (at == text.length()) {
                break;
            }
            Token token = markup();
            if (token != null) {
                return token;
            }
        }
        if (!open.isEmpty()) {
            throw malformed("the document ends before </" + open.peek() + ">");
        }
        return Token.DONE;
    }

    private @Nullable Token markup() {
        if (text.startsWith("<!--", at)) {
            int end = text.indexOf("--", at + 4);
            if (end < 0 || !text.startsWith(">", end + 2)) {
                throw malformed("a comment is not closed, or holds '--'");
            }
            at = end + 3;
            return null;
        }
        if (text.startsWith("<![CDATA[", at)) {
            int end = text.indexOf("]]>", at);
            if (end < 0) {
                throw malformed("a CDATA section is not closed");
            }
            boolean blank = isBlank(at + 9, end);
            at = end + 3;
            return blank ? null : Token.TEXT;
        }
        if (text.startsWith("<!", at)) {
            throw malformed("document types and entities are refused; remove the <!DOCTYPE");
        }
        return text.startsWith("</", at) ? endTag() : startTag();
    }

    private Token endTag() {
        int close = text.indexOf('>', at);
        if (close < 0) {
            throw malformed("an end tag is not closed");
        }
        String name = text.substring(at + 2, close).strip();
        if (!name.equals(open.peek())) {
            throw malformed("</" + shown(name) + "> does not close "
                    + (open.isEmpty() ? "anything" : "<" + shown(String.valueOf(open.peek())) + ">"));
        }
        open.pop();
        at = close + 1;
        return Token.END;
    }

    private Token startTag() {
        int startLine = line();
        at++;
        String name = name();
        if (name.isEmpty() || !isNameStart(name.charAt(0))) {
            throw malformed("'<' begins no element here; write &lt; where it is text");
        }
        List<Attribute> attributes = new ArrayList<>(3);
        while (true) {
            skipBlanks();
            char c = current();
            if (c == '>') {
                at++;
                break;
            }
            if (c == '/') {
                if (!text.startsWith("/>", at)) {
                    throw malformed("'/' without '>' in <" + shown(name) + ">");
                }
                at += 2;
                closeAtOnce = true;
                break;
            }
            if (attributes.size() == MOST_ATTRIBUTES) {
                throw malformed("<" + shown(name) + "> has more than " + MOST_ATTRIBUTES + " attributes");
            }
            attributes.add(attribute(name));
        }
        if (open.size() == DEEPEST) {
            throw malformed("elements are nested more than " + DEEPEST + " deep");
        }
        open.push(name);
        element = new Element(name, startLine, attributes);
        return Token.START;
    }

    private Attribute attribute(String elementName) {
        String name = name();
        skipBlanks();
        if (name.isEmpty() || current() != '=') {
            throw malformed("an attribute of <" + shown(elementName) + "> has no value");
        }
        at++;
        skipBlanks();
        char quote = current();
        if (quote != '"' && quote != '\'') {
            throw malformed("attribute " + shown(name) + " of <" + shown(elementName) + "> is not quoted");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw malformed("attribute " + shown(name) + " of <" + shown(elementName) + "> is not closed");
        }
        String raw = text.substring(at + 1, end);
        at = end + 1;
        boolean plain = References.isPlain(raw);
        return new Attribute(name, raw, plain ? raw : References.decode(raw), plain);
    }

    private String name() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c <= ' ' || c == '=' || c == '/' || c == '>' || c == '<') {
                break;
            }
            at++;
        }
        for (String frequent : FREQUENT_NAMES) {
            if (frequent.length() == at - start && text.startsWith(frequent, start)) {
                return frequent;
            }
        }
        return text.substring(start, at);
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || c >= 128;
    }

    private char current() {
        if (at >= text.length()) {
            throw malformed("the document ends inside an element");
        }
        return text.charAt(at);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) > ' ') {
                return false;
            }
        }
        return true;
    }

    private GatewayXmlException malformed(String reason) {
        return new GatewayXmlException(line(), reason, null);
    }

    private static String shown(String name) {
        return XmlText.printable(name.length() > 60 ? name.substring(0, 60) + "…" : name);
    }
}
