package io.github.ctigateway.esl.simulator;

import java.util.ArrayList;
import java.util.List;

/** Splits the arguments of a command as FreeSWITCH does (switch_separate_string with a blank): quotes and escapes count. Stateless. */
final class Arguments {
    private Arguments() {}

    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && text.charAt(i) == ' ') {
                i++;
            }
            boolean quoted = false;
            while (i < text.length() && (quoted || text.charAt(i) != ' ')) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == '\'') {
                    quoted = !quoted;
                }
                i++;
            }
            words.add(clean(text.substring(start, Math.min(i, text.length()))));
            while (i < text.length() && text.charAt(i) == ' ') {
                i++;
            }
        }
        return words;
    }

    private static String clean(String word) {
        StringBuilder out = new StringBuilder();
        int end = 0;
        boolean quoted = false;
        int i = 0;
        while (i < word.length() && word.charAt(i) == ' ') {
            i++;
        }
        for (; i < word.length(); i++) {
            char c = word.charAt(i);
            char next = i + 1 < word.length() ? word.charAt(i + 1) : '\0';
            if (c == '\\' && "'\"\\nrts".indexOf(next) >= 0) {
                out.append(unescaped(next));
                end = out.length();
                i++;
            } else if (c == '\'' && (quoted || word.indexOf('\'', i + 1) >= 0)) {
                quoted = !quoted;
                if (quoted) {
                    end = out.length();
                }
            } else {
                out.append(c);
                if (c != ' ' || quoted) {
                    end = out.length();
                }
            }
        }
        return out.substring(0, end);
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 's' -> ' ';
            default -> c;
        };
    }
}
