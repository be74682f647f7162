package io.meseta.runtime.plan;

import java.nio.file.Path;
import java.util.List;

/// Something that appears at a path of the container. Missing directories on the way are made in
/// its root; the runtime resolves the path within the root, whatever links lie there.
public sealed interface Mount {

    /// Where, absolute in the container.
    String target();

    /// A file or directory of the machine. Whether the path may be shown is the caller's to know.
    ///
    /// @param propagation of mounts that are made below it later
    /// @param options further ones of `mount(8)`: `nosuid`, `nodev`, `noexec`, `relatime` …
    record Bind(
            Path source,
            String target,
            boolean isReadOnly,
            boolean isRecursive,
            Propagation propagation,
            List<String> options)
            implements Mount {

        public Bind {
            options = List.copyOf(options);
            Checks.require(source.isAbsolute(), "the source %s is not absolute", source);
            Checks.inContainer(target, "a mount's target");
            options.forEach(Mount::checkOption);
        }

        /// With all below it, private, without set-user-id programs and devices.
        public static Bind of(Path source, String target, boolean isReadOnly) {
            return new Bind(
                    source,
                    target,
                    isReadOnly,
                    true,
                    Propagation.PRIVATE,
                    List.of("nosuid", "nodev"));
        }
    }

    /// Memory that looks like a directory, and counts against the container's limit.
    ///
    /// @param mode such as 01777
    record Tmpfs(String target, long bytesMax, int mode, List<String> options) implements Mount {

        public Tmpfs {
            options = List.copyOf(options);
            Checks.inContainer(target, "a mount's target");
            Checks.require(bytesMax > 0, "a tmpfs of %s bytes", bytesMax);
            Checks.require(mode >= 0 && mode <= 07777, "the mode %s", mode);
            options.forEach(Mount::checkOption);
        }

        public static Tmpfs of(String target, long bytesMax) {
            return new Tmpfs(target, bytesMax, 01777, List.of("nosuid", "nodev"));
        }
    }

    /// Which way later mounts travel between the machine and the container.
    enum Propagation {
        /// Neither way.
        PRIVATE,
        /// From the machine into the container.
        FROM_MACHINE,
        /// Both ways: the container can mount onto the machine.
        BOTH
    }

    private static void checkOption(String option) {
        Checks.require(
                option.matches("[A-Za-z0-9_=%.:/-]{1,200}"),
                "no option of a mount: %s",
                Checks.shown(option));
    }
}
