package io.github.ctigateway.examples.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command has to do with the world besides servers and files.
 *
 * @param out what was asked for
 * @param err errors and progress
 * @param in what {@code -} reads
 * @param environment the environment variables
 * @param interactive whether {@code out} is a terminal, so that it may be coloured
 * @param progressDrawn whether {@code err} is a terminal that can draw over what it shows
 * @param patience what commands wait with that others end
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        Map<String, String> environment,
        boolean interactive,
        boolean progressDrawn,
        Patience patience) {
    Terminal(
            PrintWriter out,
            PrintWriter err,
            InputStream in,
            Map<String, String> environment,
            boolean interactive,
            boolean progressDrawn) {
        this(out, err, in, environment, interactive, progressDrawn, new Patience());
    }

    /** Whether text may be coloured: only on a terminal, and not for a person who set NO_COLOR. */
    boolean coloured() {
        return interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
