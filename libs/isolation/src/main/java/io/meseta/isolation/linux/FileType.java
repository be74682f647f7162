package io.meseta.isolation.linux;

/// The kinds of file a file system holds.
public enum FileType {
    REGULAR(0x8000),
    DIRECTORY(0x4000),
    SYMLINK(0xa000),
    CHARACTER_DEVICE(0x2000),
    BLOCK_DEVICE(0x6000),
    FIFO(0x1000),
    SOCKET(0xc000);

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    static FileType of(int bits) {
        for (var type : values()) {
            if (type.bits == bits) return type;
        }
        throw new IllegalArgumentException("no type of file: " + Integer.toOctalString(bits));
    }
}
