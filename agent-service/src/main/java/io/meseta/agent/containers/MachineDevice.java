package io.meseta.agent.containers;

import io.meseta.runtime.plan.Device;
import io.meseta.runtime.plan.Device.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A device of this machine, as containers are given it.
public final class MachineDevice {

    private static final int TYPE = 0170000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;
    private static final int PERMISSIONS = 0777;

    private MachineDevice() {}

    /// Under the same path, with the same rights, as `path` has now.
    ///
    /// @throws IllegalArgumentException with a reason for people
    public static Device read(Path path) {
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode");
            long number = (Long) Files.getAttribute(path, "unix:rdev");
            return new Device(
                    path.toString(),
                    kind(path, mode),
                    major(number),
                    minor(number),
                    mode & PERMISSIONS,
                    (Integer) Files.getAttribute(path, "unix:uid"),
                    (Integer) Files.getAttribute(path, "unix:gid"));
        } catch (IOException failure) {
            throw new IllegalArgumentException("devices: there is no " + path, failure);
        }
    }

    private static Kind kind(Path path, int mode) {
        return switch (mode & TYPE) {
            case CHARACTER -> Kind.CHARACTER;
            case BLOCK -> Kind.BLOCK;
            default -> throw new IllegalArgumentException("devices: " + path + " is none");
        };
    }

    /// As `makedev(3)` has it: 12 bits of the major number lie above 8 of the minor one, the others
    /// of both above those.
    static long major(long number) {
        return (number >>> 8 & 0xfff) | (number >>> 32 & ~0xfffL);
    }

    static long minor(long number) {
        return (number & 0xff) | (number >>> 12 & 0xffffff00L);
    }
}
