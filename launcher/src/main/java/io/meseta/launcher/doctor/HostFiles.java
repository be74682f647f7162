package io.meseta.launcher.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files by which the kernel says what it can.
///
/// @param root `/`
record HostFiles(Path root) {

    private static final int BYTES_MAX = 1 << 20;

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }

    /// Empty if it can't be read.
    String text(String file) {
        try (var in = Files.newInputStream(root.resolve(file))) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }
}
