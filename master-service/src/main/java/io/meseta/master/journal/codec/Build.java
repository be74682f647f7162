package io.meseta.master.journal.codec;

/// Which build of Meseta this is.
public record Build(String version) {

    private static final String UNPACKED = "development";

    /// What the running jar says of itself.
    public static Build running() {
        var version = Build.class.getPackage().getImplementationVersion();
        return new Build(version == null ? UNPACKED : version);
    }

    String cannotRead(String what, String writer) {
        return "%s was written by build %s, and build %s can't read it: run build %s or a later one"
                .formatted(what, writer, version, writer);
    }
}
