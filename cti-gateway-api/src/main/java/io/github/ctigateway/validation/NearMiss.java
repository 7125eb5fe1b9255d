package io.github.ctigateway.validation;

import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class NearMiss {
    /** Longer names are no misspelling of a parameter. */
    private static final int LONGEST = 40;
    /** Names shorter than this may differ in one place, others in two. */
    private static final int SHORT = 6;

    private NearMiss() {}

    /** The candidate that differs in case and separators only, else the nearest within one or two edits. */
    static Optional<String> of(String name, Iterable<String> candidates) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = folded(name);
        String best = "";
        int bestDistance = wanted.length() < SHORT ? 2 : 3;
        for (String candidate : candidates) {
            int distance = distance(wanted, folded(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static String folded(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replace("_", "")
                .replace("-", "")
                .replace(" ", "");
    }

    /** How many letters to add, drop, change or swap with their neighbour (optimal string alignment). */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
