package io.meseta.isolation.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Binds functions of C. Each takes first where its errno is to be left.
final class Binding {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle NUMBER =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Binding() {}

    /// The errno which the last call left in `state`.
    static int errno(MemorySegment state) {
        return (int) NUMBER.get(state, 0L);
    }

    static boolean exists(String name) {
        return LINKER.defaultLookup().find(name).isPresent();
    }

    static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.of(result, parameters), ERRNO);
    }

    /// @param fixed how many parameters come before those of any number
    static MethodHandle variadic(
            String name, int fixed, MemoryLayout result, MemoryLayout... parameters) {
        var function = FunctionDescriptor.of(result, parameters);
        return bind(name, function, ERRNO, Linker.Option.firstVariadicArg(fixed));
    }

    @SuppressWarnings("restricted") // the module's vetted downcalls, all of them bound here
    private static MethodHandle bind(
            String name, FunctionDescriptor function, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), function, options);
    }
}
