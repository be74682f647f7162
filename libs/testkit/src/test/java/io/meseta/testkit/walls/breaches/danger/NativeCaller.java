package io.meseta.testkit.walls.breaches.danger;

import java.lang.foreign.Linker;

/// Planted: a native call outside its one room.
final class NativeCaller {

    Linker linker() {
        return Linker.nativeLinker();
    }
}
