package io.meseta.isolation.linux;

/// What lies behind a name, without following it if it is a symbolic link.
///
/// @param mode type and permission bits
/// @param size in bytes
/// @param device of the file system it lies on, major and minor as one number
/// @param inode with `device` the identity of the file
/// @param specialDevice what it stands for, if it is a device itself
public record FileStatus(
        int mode,
        int owner,
        int group,
        int links,
        long size,
        long device,
        long inode,
        long specialDevice,
        FileTime modified) {

    private static final int TYPE_BITS = 0xf000;

    public FileType type() {
        return FileType.of(mode & TYPE_BITS);
    }

    /// The lower twelve bits: permissions, setuid, setgid, sticky.
    public int permissions() {
        return mode & 07777;
    }

    /// Seconds and nanoseconds since 1970.
    public record FileTime(long seconds, int nanos) {}
}
