package io.github.ctigateway.xml.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads {@code a=b&c=d} as mod_xml_curl sends it (xmlcurl.c, {@code xml_url_fetch}): its own five fields come first and are not encoded, so
 * a stray {@code %} is text, and of two equal names the first counts.
 */
public final class FormFields {
    private FormFields() {}

    /** The fields by name. */
    public static Map<String, String> parse(String form) {
        Map<String, String> fields = new HashMap<>();
        int start = 0;
        while (start < form.length()) {
            int end = form.indexOf('&', start);
            end = end < 0 ? form.length() : end;
            int equals = form.indexOf('=', start);
            if (equals > start && equals < end) {
                fields.putIfAbsent(decode(form.substring(start, equals)), decode(form.substring(equals + 1, end)));
            }
            start = end + 1;
        }
        return fields;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
