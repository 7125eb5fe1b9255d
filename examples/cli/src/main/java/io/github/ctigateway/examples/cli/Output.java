package io.github.ctigateway.examples.cli;

import java.io.PrintWriter;

/** Prints each fact once: as text for people, or as one JSON object a line for programs. */
final class Output {
    private final PrintWriter out;
    private final boolean json;

    Output(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Prints a fact in the form that was asked for. */
    void fact(JsonLine line, String text) {
        print(json ? line.toString() : text);
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
            print(text);
        }
    }

    private void print(String line) {
        out.print(line + "\n");
        out.flush();
    }
}
