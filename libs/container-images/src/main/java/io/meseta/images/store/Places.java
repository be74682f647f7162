package io.meseta.images.store;

import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Where everything lies below the store's directory.
record Places(Path root) {

    Path lock() {
        return root.resolve("lock");
    }

    Path blobs() {
        return root.resolve("blobs");
    }

    Path layers() {
        return root.resolve("layers");
    }

    Path images() {
        return root.resolve("images");
    }

    Path leases() {
        return root.resolve("leases");
    }

    Path ingest() {
        return root.resolve("ingest");
    }

    Path blob(Digest digest) {
        return blobs().resolve(word(digest));
    }

    Path layer(Digest diffId) {
        return layers().resolve(word(diffId));
    }

    Path download(Digest digest, Digest diffId) {
        return ingest().resolve("download." + hashed(digest + " " + diffId));
    }

    /// Names of strangers are no file names; their digests are.
    Path image(String name) {
        return images().resolve(hashed(name));
    }

    Path lease(String owner) {
        return leases().resolve(hashed(owner));
    }

    private static String hashed(String text) {
        return Digest.Algorithm.SHA256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String word(Digest digest) {
        return digest.algorithm().word() + "-" + digest.hex();
    }

    static Digest digest(Path place) {
        return Digest.parse(place.getFileName().toString().replaceFirst("-", ":"));
    }

    void make() {
        try {
            var ours = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, ours);
            for (var each : List.of(blobs(), layers(), images(), leases(), ingest())) {
                Files.createDirectories(each);
            }
        } catch (IOException failed) {
            throw ImageFault.storage("making the image store " + root, failed);
        }
    }
}
