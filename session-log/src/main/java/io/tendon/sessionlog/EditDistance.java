package io.tendon.sessionlog;

/** How many letters must be put in, taken out or exchanged to make one word another (Levenshtein 1966). Any thread. */
final class EditDistance {
    private EditDistance() {}

    static int between(final String from, final String to) {
        int[] above = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                final int exchange = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchange, Math.min(above[j], row[j - 1]) + 1);
            }
            final int[] next = above;
            above = row;
            row = next;
        }
        return above[to.length()];
    }
}
