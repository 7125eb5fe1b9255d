package io.github.ctigateway.esl.simulator;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Puts what they stand for in place of <code>${variable}</code> and <code>${command(arguments)}</code>, the inner ones first; an escaped
 * dollar stays (switch_event_expand_headers_check).
 */
final class Expansion {
    private final UnaryOperator<String> variables;
    private final BinaryOperator<String> commands;

    /** @param commands from a command and its arguments to what it puts out */
    Expansion(UnaryOperator<String> variables, BinaryOperator<String> commands) {
        this.variables = variables;
        this.commands = commands;
    }

    String of(String text) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("\\$", at)) {
                expanded.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                int end = closing(text, at + 2, '{', '}');
                expanded.append(valueOf(text.substring(at + 2, end)));
                at = end + 1;
            } else {
                expanded.append(text.charAt(at));
                at++;
            }
        }
        return expanded.toString();
    }

    private String valueOf(String expression) {
        for (int i = 0; i < expression.length(); i++) {
            char character = expression.charAt(i);
            if (character == ' ' || character == '(') {
                int end = closing(expression, i + 1, '(', ')');
                return commands.apply(of(expression.substring(0, i)), of(expression.substring(i + 1, end)));
            }
        }
        return variables.apply(of(expression));
    }

    /** Where the bracket that was opened before this place is closed; the end when it is not. */
    private static int closing(String text, int from, char open, char close) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == open) {
                depth++;
            } else if (text.charAt(i) == close) {
                depth--;
            }
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }
}
