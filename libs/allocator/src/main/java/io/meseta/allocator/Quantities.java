package io.meseta.allocator;

import io.meseta.model.Resources;
import java.util.Arrays;

/// Scalars by name as fairness counts them, in thousandths. Sorted arrays: there are few names.
final class Quantities {

    static final Quantities NONE = new Quantities(new String[0], new long[0]);

    /// An agent's amount counts up to here only, so that no sum over a million agents overflows.
    static final long COUNTED_MAX = Long.MAX_VALUE >> 20;

    private final String[] names;
    private final long[] amounts;

    private Quantities(String[] names, long[] amounts) {
        this.names = names;
        this.amounts = amounts;
    }

    static Quantities of(Resources resources) {
        var totals = resources.scalarTotals();
        if (totals.isEmpty()) return NONE;
        var names = new String[totals.size()];
        var amounts = new long[totals.size()];
        int size = 0;
        for (var total : totals.entrySet()) {
            names[size] = total.getKey();
            amounts[size++] = Math.min(total.getValue(), COUNTED_MAX);
        }
        return new Quantities(names, amounts);
    }

    Quantities plus(Quantities other) {
        return merged(other, 1);
    }

    Quantities minus(Quantities other) {
        return merged(other, -1);
    }

    boolean isEmpty() {
        return names.length == 0;
    }

    /// The largest of the parts that these are of the total, name by name.
    double shareOf(Quantities total) {
        double share = 0;
        int at = 0;
        for (int i = 0; i < names.length; i++) {
            while (at < total.names.length && total.names[at].compareTo(names[i]) < 0) at++;
            if (at == total.names.length) break;
            if (total.names[at].equals(names[i])) {
                share = Math.max(share, amounts[i] / (double) total.amounts[at]);
            }
        }
        return share;
    }

    private Quantities merged(Quantities other, int sign) {
        if (other.isEmpty()) return this;
        if (isEmpty() && sign > 0) return other;
        var mergedNames = new String[names.length + other.names.length];
        var mergedAmounts = new long[mergedNames.length];
        int size = 0;
        int left = 0;
        int right = 0;
        while (left < names.length || right < other.names.length) {
            int order = order(left, other, right);
            mergedNames[size] = order <= 0 ? names[left] : other.names[right];
            long amount = order <= 0 ? amounts[left++] : 0;
            if (order >= 0) amount += sign * other.amounts[right++];
            mergedAmounts[size] = amount;
            if (amount != 0) size++;
        }
        if (size == 0) return NONE;
        return new Quantities(Arrays.copyOf(mergedNames, size), Arrays.copyOf(mergedAmounts, size));
    }

    private int order(int left, Quantities other, int right) {
        if (left == names.length) return 1;
        if (right == other.names.length) return -1;
        return names[left].compareTo(other.names[right]);
    }
}
