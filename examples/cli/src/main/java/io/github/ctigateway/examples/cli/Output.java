package io.github.ctigateway.examples.cli;

import java.io.PrintWriter;
import java.util.function.UnaryOperator;

/** Prints each fact once: as text for people, or as one JSON object a line for programs. */
final class Output {
    private final Terminal terminal;
    private final boolean json;

    Output(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** Prints a fact in the form that was asked for. */
    void fact(JsonLine line, String text) {
        print(json ? line.toString() : Printable.text(text));
    }

    /** As {@link #fact}, but for people beside what was asked for, which may be kept in a file. */
    void aside(JsonLine line, String text) {
        if (json) {
            print(line.toString());
        } else {
            terminal.err().print("cti-gateway: " + Printable.text(text) + "\n");
            terminal.err().flush();
        }
    }

    /** Prints what only a program wants. */
    void forPrograms(JsonLine line) {
        if (json) {
            print(line.toString());
        }
    }

    /** Prints what only people want. */
    void forPeople(String text) {
        if (!json) {
            print(Printable.text(text));
        }
    }

    /** As {@link #forPeople}, in a colour where there are colours. */
    void forPeople(String text, UnaryOperator<String> painted) {
        if (!json) {
            String printable = Printable.text(text);
            print(terminal.coloured() ? painted.apply(printable) : printable);
        }
    }

    private void print(String line) {
        PrintWriter out = terminal.out();
        out.print(line + "\n");
        if (out.checkError()) {
            // Whoever read it has gone.
            terminal.patience().end();
        }
    }
}
