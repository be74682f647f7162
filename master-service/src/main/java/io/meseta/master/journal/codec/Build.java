package io.meseta.master.journal.codec;

import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;

/// Which build of Meseta this is.
///
/// @param levels what it reads and writes
public record Build(String version, FeatureLevels levels) {

    private static final String UNPACKED = "development";

    /// With the levels of the code that runs.
    public Build(String version) {
        this(version, FeatureLevels.BUILT);
    }

    /// What the running jar says of itself.
    public static Build running() {
        var version = Build.class.getPackage().getImplementationVersion();
        return new Build(version == null ? UNPACKED : version);
    }

    String cannotRead(String what, String writer) {
        return "%s was written by build %s, and build %s can't read it: run build %s or a later one"
                .formatted(what, writer, version, writer);
    }

    String cannotRead(String what, FeatureLevel level, String writer) {
        return "%s is at feature level %s, and build %s reads levels %s to %s: run build %s"
                .formatted(what, level, version, levels.oldest(), levels.newest(), writer);
    }
}
