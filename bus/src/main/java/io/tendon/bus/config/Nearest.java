package io.tendon.bus.config;

import java.util.Collection;

/** Finds what a person probably meant to type. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate with the smallest edit distance (Levenshtein), the first of several.
     *
     * @param typed what was typed.
     * @param candidates to choose from, at least one.
     * @return the nearest.
     */
    public static String to(final String typed, final Collection<String> candidates) {
        String nearest = "";
        int smallest = Integer.MAX_VALUE;
        for (final String candidate : candidates) {
            final int distance = distance(typed, candidate);
            if (distance < smallest) {
                smallest = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static int distance(final String a, final String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
