package io.meseta.runtime.host;

/// Debian's order of versions: `epoch:upstream-revision`, where numbers count as numbers, letters
/// come before other signs, and `~` before everything, even the end.
public record PackageVersion(String text) implements Comparable<PackageVersion> {

    @Override
    public int compareTo(PackageVersion other) {
        int epochs = Long.compare(epoch(), other.epoch());
        if (epochs != 0) return epochs;
        int upstream = compared(upstream(), other.upstream());
        return upstream != 0 ? upstream : compared(revision(), other.revision());
    }

    /// Whether this has what `mended` brought to the same upstream version. Another upstream
    /// version may be higher, and come from before the flaw was known.
    boolean has(PackageVersion mended) {
        return upstream().equals(mended.upstream()) && compareTo(mended) >= 0;
    }

    private long epoch() {
        int colon = text.indexOf(':');
        return colon < 0 ? 0 : number(text.substring(0, colon));
    }

    private String withoutEpoch() {
        return text.substring(text.indexOf(':') + 1);
    }

    private String upstream() {
        var rest = withoutEpoch();
        int dash = rest.lastIndexOf('-');
        return dash < 0 ? rest : rest.substring(0, dash);
    }

    private String revision() {
        var rest = withoutEpoch();
        int dash = rest.lastIndexOf('-');
        return dash < 0 ? "" : rest.substring(dash + 1);
    }

    /// Signs and numbers take turns, beginning with signs.
    private static int compared(String one, String two) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < two.length()) {
            while (isSign(one, i) || isSign(two, j)) {
                int order = Integer.compare(rank(one, i), rank(two, j));
                if (order != 0) return order;
                i++;
                j++;
            }
            int iEnd = digitsEnd(one, i);
            int jEnd = digitsEnd(two, j);
            int order =
                    Long.compare(number(one.substring(i, iEnd)), number(two.substring(j, jEnd)));
            if (order != 0) return order;
            i = iEnd;
            j = jEnd;
        }
        return 0;
    }

    private static boolean isSign(String text, int at) {
        return at < text.length() && !isDigit(text.charAt(at));
    }

    private static int rank(String text, int at) {
        if (at >= text.length() || isDigit(text.charAt(at))) return 0;
        char sign = text.charAt(at);
        if (sign == '~') return -1;
        return Character.isLetter(sign) ? sign : sign + (1 << 8);
    }

    private static int digitsEnd(String text, int from) {
        int at = Math.min(from, text.length());
        while (at < text.length() && isDigit(text.charAt(at))) at++;
        return at;
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }

    private static long number(String digits) {
        if (digits.isEmpty()) return 0;
        // Longer ones are commits and dates glued together; any order among them will do.
        return Long.parseLong(digits.substring(0, Math.min(18, digits.length())));
    }
}
