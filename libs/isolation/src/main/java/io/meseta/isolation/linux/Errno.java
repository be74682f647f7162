package io.meseta.isolation.linux;

import java.io.IOException;

/// A call of the kernel that failed, with its number, which tells a missing file from a full disk.
public final class Errno extends IOException {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int E2BIG = 7;
    public static final int EACCES = 13;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENOTDIR = 20;
    public static final int EINVAL = 22;
    public static final int EFBIG = 27;
    public static final int ENOSPC = 28;
    public static final int EMLINK = 31;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int EDQUOT = 122;

    private final int number;

    Errno(String call, int number) {
        super("%s failed: %s".formatted(call, word(number)));
        this.number = number;
    }

    public int number() {
        return number;
    }

    /// Whether the disk or a quota on it is full.
    public boolean isFull() {
        return number == ENOSPC || number == EDQUOT;
    }

    /// Whether we are not allowed to, or the file system does not know such a thing.
    public boolean isRefusal() {
        return number == EPERM || number == EACCES || number == EOPNOTSUPP || number == EINVAL;
    }

    private static String word(int number) {
        return switch (number) {
            case EPERM -> "not permitted";
            case ENOENT -> "no such file or directory";
            case E2BIG -> "larger than the file system takes";
            case EACCES -> "permission denied";
            case EEXIST -> "it exists";
            case EXDEV -> "it leads out of the directory";
            case ENOTDIR -> "not a directory";
            case EINVAL -> "invalid argument";
            case EFBIG -> "file too large";
            case ENOSPC -> "no space left";
            case EMLINK -> "too many links";
            case ENAMETOOLONG -> "name too long";
            case ENOSYS -> "not in this kernel";
            case ENOTEMPTY -> "not empty";
            case ELOOP -> "too many symbolic links, or one where none may be";
            case EOPNOTSUPP -> "not supported by the file system";
            case EDQUOT -> "quota exceeded";
            default -> "errno " + number;
        };
    }
}
