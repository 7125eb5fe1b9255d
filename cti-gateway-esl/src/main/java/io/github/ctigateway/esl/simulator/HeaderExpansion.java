package io.github.ctigateway.esl.simulator;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Puts what they stand for in place of <code>${variable}</code>, <code>${command(arguments)}</code> and <code>${command arguments}</code>,
 * which may stand in each other; an escaped dollar stays. As much of switch_event_expand_headers_check as clients of gateways use: no
 * parts of variables, and of escapes no other.
 */
final class HeaderExpansion {
    private final UnaryOperator<String> variables;
    private final BinaryOperator<String> commands;

    /** @param commands from a command and its arguments to what it puts out */
    HeaderExpansion(UnaryOperator<String> variables, BinaryOperator<String> commands) {
        this.variables = variables;
        this.commands = commands;
    }

    String of(String text) {
        if (!text.contains("${")) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("\\$", at)) {
                expanded.append('$');
                at += 2;
            } else if (text.startsWith("$${", at)) {
                at++;
            } else if (text.startsWith("${", at)) {
                int end = closing(text, at + 2, 1, '{', '}');
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
                String command = of(expression.substring(0, i));
                int end = closing(expression, i + 1, character == '(' ? 1 : 0, '(', ')');
                return commands.apply(command, of(expression.substring(i + 1, end)));
            }
        }
        return variables.apply(of(expression));
    }

    /** Where the last bracket is closed, of which so many were opened before this place; the end when it is not. */
    private static int closing(String text, int from, int opened, char open, char close) {
        int depth = opened;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == open) {
                depth++;
            } else if (text.charAt(i) == close && depth > 0) {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return text.length();
    }
}
