package io.meseta.model.quota;

import io.meseta.model.Amount;
import io.meseta.model.Items;
import io.meseta.model.Ranges;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Amounts by name, in thousandths, whatever kind of resource they are of: what fairness and quota
/// count. Sorted arrays: there are few names. What is 0 is not there.
public final class Quantities {

    public static final Quantities NONE = new Quantities(new String[0], new long[0]);

    /// An agent's amount counts up to here only, so that no sum over a million agents overflows.
    static final long COUNTED_MAX = Long.MAX_VALUE >> 20;

    private static final long PER_UNIT = 1000;

    private final String[] names;
    private final long[] amounts;

    private Quantities(String[] names, long[] amounts) {
        this.names = names;
        this.amounts = amounts;
    }

    /// The scalars.
    public static Quantities of(Resources resources) {
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

    /// The scalars, and how many values the ranges and sets hold.
    public static Quantities counting(Resources resources) {
        var sums = new TreeMap<String, Long>();
        resources.stream()
                .forEach(each ->
                        sums.merge(
                                each.kind().name(),
                                counted(each.amount()),
                                Quantities::limitedSum));
        return of(sums);
    }

    /// @throws IllegalArgumentException if an amount is negative
    public static Quantities of(Map<String, Long> byName) {
        var sorted = new TreeMap<String, Long>();
        byName.forEach((name, amount) -> {
            if (amount < 0) {
                throw new IllegalArgumentException("The amount of " + name + " is negative");
            }
            if (amount > 0) sorted.put(name, amount);
        });
        if (sorted.isEmpty()) return NONE;
        return new Quantities(
                sorted.keySet().toArray(String[]::new),
                sorted.values().stream().mapToLong(Long::longValue).toArray());
    }

    public Quantities plus(Quantities other) {
        return merged(other, 1);
    }

    /// The inverse of [#plus]; less than nothing may be left.
    public Quantities minus(Quantities other) {
        return merged(other, -1);
    }

    /// What is left of these; of what the others are more, nothing.
    public Quantities without(Quantities other) {
        return minus(other).positive();
    }

    /// Of each name the larger amount.
    public Quantities max(Quantities other) {
        return plus(other.without(this));
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    /// Whether of each name these are as much as the others.
    public boolean contains(Quantities other) {
        for (int i = 0; i < other.names.length; i++) {
            if (amount(other.names[i]) < other.amounts[i]) return false;
        }
        return true;
    }

    /// 0 of what is not there.
    public long amount(String name) {
        int at = Arrays.binarySearch(names, name);
        return at < 0 ? 0 : amounts[at];
    }

    public SortedMap<String, Long> byName() {
        var byName = new TreeMap<String, Long>();
        for (int i = 0; i < names.length; i++) byName.put(names[i], amounts[i]);
        return byName;
    }

    /// The largest of the parts that these are of the total, name by name.
    public double shareOf(Quantities total) {
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantities that
                && Arrays.equals(names, that.names)
                && Arrays.equals(amounts, that.amounts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(amounts);
    }

    /// `cpus:4; mem:1024`, or `{}` for nothing, as Mesos prints quantities.
    @Override
    public String toString() {
        return text(byName());
    }

    static String text(SortedMap<String, Long> byName) {
        if (byName.isEmpty()) return "{}";
        return byName.entrySet().stream()
                .map(each -> each.getKey() + ":" + new Scalar(Math.max(0, each.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static long counted(Amount amount) {
        return switch (amount) {
            case Scalar(long thousandths) -> Math.min(thousandths, COUNTED_MAX);
            case Ranges ranges -> Math.min(ranges.count(), COUNTED_MAX / PER_UNIT) * PER_UNIT;
            case Items items -> items.names().size() * PER_UNIT;
        };
    }

    private static long limitedSum(long left, long right) {
        long sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private Quantities positive() {
        int kept = 0;
        for (long amount : amounts) if (amount > 0) kept++;
        if (kept == amounts.length) return this;
        var keptNames = new String[kept];
        var keptAmounts = new long[kept];
        int size = 0;
        for (int i = 0; i < names.length; i++) {
            if (amounts[i] <= 0) continue;
            keptNames[size] = names[i];
            keptAmounts[size++] = amounts[i];
        }
        return kept == 0 ? NONE : new Quantities(keptNames, keptAmounts);
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
            if (order >= 0) amount = added(amount, sign * other.amounts[right++]);
            mergedAmounts[size] = amount;
            if (amount != 0) size++;
        }
        if (size == 0) return NONE;
        return new Quantities(Arrays.copyOf(mergedNames, size), Arrays.copyOf(mergedAmounts, size));
    }

    /// Guarantees that were forced upon a cluster may be larger together than any number is.
    private static long added(long left, long right) {
        return left > 0 && right > 0 ? limitedSum(left, right) : left + right;
    }

    private int order(int left, Quantities other, int right) {
        if (left == names.length) return 1;
        if (right == other.names.length) return -1;
        return names[left].compareTo(other.names[right]);
    }
}
