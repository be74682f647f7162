package io.meseta.isolation.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// The memory of one call: its strings, its buffers and the errno it leaves.
final class Native implements AutoCloseable {

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(Binding.STATE);

    MemorySegment state() {
        return state;
    }

    /// `text` as the kernel wants it, a byte for each character ([Directory] says why). A NUL would
    /// end it early, so it may hold none.
    MemorySegment text(String text) {
        if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("a NUL in a name");
        return arena.allocateFrom(text, StandardCharsets.ISO_8859_1);
    }

    MemorySegment bytes(byte[] bytes) {
        var segment = arena.allocate(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }

    MemorySegment buffer(long size) {
        return arena.allocate(size, 8);
    }

    /// A call's result, or what its errno says.
    long checked(String call, long result) throws Errno {
        if (result >= 0) return result;
        throw new Errno(call, Binding.errno(state));
    }

    /// A downcall itself can't fail; only a binding that does not fit its function could.
    static AssertionError unbound(Throwable failure) {
        return new AssertionError("a native call is bound wrongly", failure);
    }

    @Override
    public void close() {
        arena.close();
    }
}
