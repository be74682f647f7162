package io.meseta.auth.secrets;

import io.meseta.platform.start.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/// A file with a secret in it, as a setting names it. Whatever is wrong with it stops the start
/// with one line that says what to do.
///
/// @param setting the setting's name, for that line
public record SecretFile(String setting, Path path) {

    private static final int BYTES_MAX = 4 << 20;
    private static final Set<PosixFilePermission> TOO_OPEN =
            EnumSet.of(
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.GROUP_WRITE);

    public byte[] bytes() {
        try {
            if (!Files.isRegularFile(path))
                throw refused("is no file: make it, or correct the path");
            if (Files.size(path) > BYTES_MAX) throw refused("is too large to be what it should be");
            checkPermissions();
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw refused("cannot be read by this user: see to its owner and mode");
        }
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8).strip();
    }

    /// Exactly 32 bytes, as they are or in base64.
    public byte[] key() {
        var bytes = bytes();
        if (bytes.length == Seal.KEY_BYTES) return bytes;
        try {
            var decoded =
                    Base64.getDecoder()
                            .decode(new String(bytes, StandardCharsets.US_ASCII).strip());
            if (decoded.length == Seal.KEY_BYTES) return decoded;
        } catch (IllegalArgumentException _) {
            // The same answer as for any other content.
        }
        throw refused("must hold 32 random bytes, as they are or in base64");
    }

    private void checkPermissions() throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) return;
        var permissions = Files.getPosixFilePermissions(path);
        if (TOO_OPEN.stream().anyMatch(permissions::contains)) {
            throw refused("can be read or changed by others: chmod 600 it");
        }
    }

    public StartRefused refused(String what) {
        return new StartRefused("The file %s (%s) %s.".formatted(path, setting, what));
    }
}
