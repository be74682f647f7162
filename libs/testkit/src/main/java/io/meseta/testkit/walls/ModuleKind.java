package io.meseta.testkit.walls;

import java.util.EnumSet;
import java.util.Set;

/// What kind of room a module is; it decides which walls stand around it.
public enum ModuleKind {
    /// Decides. JDK, JSpecify and persistent collections only; time and chance come in as data.
    CORE,
    /// Serves others and knows no Spring.
    LIBRARY,
    /// Acts. The only kind that may know Spring, and only at its places.
    SERVICE,
    /// Runs by itself, without Spring: commands, the simulator, kits for tests.
    TOOL;

    static Set<ModuleKind> all() {
        return EnumSet.allOf(ModuleKind.class);
    }
}
