package io.meseta.allocator;

import java.util.Collections;
import java.util.List;

/// An order that a seed decides. Our own rather than the platform's generators, so that a journal
/// is folded alike by every version of Java.
final class Shuffle {

    private Shuffle() {}

    static void shuffle(List<?> list, long seed) {
        long state = seed;
        for (int i = list.size() - 1; i > 0; i--) {
            state += 0x9e3779b97f4a7c15L;
            Collections.swap(list, i, (int) Long.remainderUnsigned(mixed(state), i + 1));
        }
    }

    /// The finalizer of SplitMix64.
    private static long mixed(long value) {
        long mix = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mix = (mix ^ (mix >>> 27)) * 0x94d049bb133111ebL;
        return mix ^ (mix >>> 31);
    }
}
