package io.meseta.runtime.plan;

/// A device that a container has, and may read, write and make.
///
/// @param path in the container
/// @param mode such as 0666
public record Device(
        String path, Kind kind, long major, long minor, int mode, int user, int group) {

    public enum Kind {
        CHARACTER,
        BLOCK
    }

    public Device {
        Checks.inContainer(path, "a device's path");
        Checks.notNegative(major, "a device's number");
        Checks.notNegative(minor, "a device's number");
        Checks.require(mode >= 0 && mode <= 0777, "the mode %s", mode);
    }
}
