package io.meseta.allocator.order;

import java.util.Arrays;

/// Values by number, persistent: a change copies one node of 32 at each of few levels.
///
/// An allocation looks up each claimant's filters on each agent. The balanced trees of the library
/// take ten steps to find one of a thousand agents, each likely a cache miss; this takes two.
///
/// @param <T> the values; one of them stands for absent
public final class Slots<T> {

    /// The largest number, so that the root's shift stays within an int.
    public static final int NUMBER_MAX = (1 << 30) - 1;

    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;
    private static final Object[] VOID = new Object[0];

    private final T absent;
    private final int levels;
    private final Object[] root;

    private Slots(T absent, int levels, Object[] root) {
        this.absent = absent;
        this.levels = levels;
        this.root = root;
    }

    public static <T> Slots<T> of(T absent) {
        return new Slots<>(absent, 1, VOID);
    }

    @SuppressWarnings("unchecked") // the leaves hold what came in as T, and nothing else
    public T get(int number) {
        if (number >>> (levels * BITS) != 0) return absent;
        var node = root;
        for (int shift = (levels - 1) * BITS; shift > 0 && node.length > 0; shift -= BITS) {
            node = (Object[]) node[index(number, shift)];
        }
        return node.length == 0 ? absent : (T) node[index(number, 0)];
    }

    public Slots<T> with(int number, T value) {
        if (number < 0 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("No slot has the number " + number);
        }
        int needed = levels;
        var grown = root;
        while (number >>> (needed * BITS) != 0) {
            needed++;
            if (grown.length > 0) {
                var parent = filled(VOID);
                parent[0] = grown;
                grown = parent;
            }
        }
        return new Slots<>(absent, needed, changed(grown, (needed - 1) * BITS, number, value));
    }

    private Object[] changed(Object[] node, int shift, int number, T value) {
        Object nothing = shift == 0 ? absent : VOID;
        var copy = node.length == 0 ? filled(nothing) : node.clone();
        int at = index(number, shift);
        copy[at] = shift == 0 ? value : changed((Object[]) copy[at], shift - BITS, number, value);
        for (var entry : copy) if (!entry.equals(nothing)) return copy;
        return VOID;
    }

    private static Object[] filled(Object value) {
        var node = new Object[WIDTH];
        Arrays.fill(node, value);
        return node;
    }

    private static int index(int number, int shift) {
        return (number >>> shift) & (WIDTH - 1);
    }
}
