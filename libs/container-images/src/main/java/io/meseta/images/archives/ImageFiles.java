package io.meseta.images.archives;

import io.meseta.images.layers.Compression;
import io.meseta.images.layers.TarIndex;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileStatus;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Files of an image by their names, from a directory or an archive. Names lead nowhere else.
sealed interface ImageFiles {

    Optional<InputStream> open(String name);

    long length(String name);

    /// What lies at `path`; an archive that is compressed is decompressed into `scratch` first.
    static ImageFiles at(Path path, Path scratch) {
        if (Files.isDirectory(path)) return new InDirectory(path);
        if (!Files.isRegularFile(path)) {
            throw new ImageFault(Kind.NOT_FOUND, "no image lies at " + path);
        }
        try {
            if (Compression.of(path) == Compression.NONE) return new InArchive(TarIndex.of(path));
            try (var in = new BufferedInputStream(Files.newInputStream(path));
                    var content = Compression.open(in)) {
                copy(content, scratch);
            }
            return new InArchive(TarIndex.of(scratch));
        } catch (IOException failed) {
            throw new ImageFault(
                    Kind.MALFORMED, "%s can't be read: %s".formatted(path, failed), failed);
        }
    }

    private static void copy(InputStream content, Path scratch) throws IOException {
        long max = 1L << 38;
        try (var out = Files.newOutputStream(scratch)) {
            var chunk = new byte[1 << 16];
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                max -= read;
                if (max < 0) throw ImageFault.tooLarge("an archive above 256 GiB");
                if (Thread.currentThread().isInterrupted()) {
                    throw new ImageFault(Kind.CANCELLED, "reading an archive was interrupted");
                }
                out.write(chunk, 0, read);
            }
        }
    }

    /// The whole of a small file.
    default byte[] read(String name, int max) {
        try (var in =
                open(name)
                        .orElseThrow(() ->
                                ImageFault.malformed(
                                        "the image lacks its file " + ImageFault.quoted(name)))) {
            var bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw ImageFault.tooLarge(
                        "%s above %d bytes".formatted(ImageFault.quoted(name), max));
            }
            return bytes;
        } catch (IOException failed) {
            throw ImageFault.storage("reading " + ImageFault.quoted(name), failed);
        }
    }

    default boolean has(String name) {
        try (var in = open(name).orElse(InputStream.nullInputStream())) {
            return in.read() >= 0;
        } catch (IOException failed) {
            throw ImageFault.storage("reading " + name, failed);
        }
    }

    /// An archive.
    record InArchive(TarIndex index) implements ImageFiles {
        @Override
        public Optional<InputStream> open(String name) {
            return index.open(name);
        }

        @Override
        public long length(String name) {
            return index.length(name);
        }
    }

    /// A directory. Symbolic links in it lead inside it, and only its plain files are files.
    record InDirectory(Path path) implements ImageFiles {
        @Override
        public Optional<InputStream> open(String name) {
            if (name.indexOf('\0') >= 0) return Optional.empty();
            try (var directory = Directory.open(path)) {
                if (isDirectory(directory, Directory.bytesOf(name))) return Optional.empty();
                return Optional.of(directory.read(Directory.bytesOf(name)).stream());
            } catch (Errno failed) {
                if (isNotThere(failed)) return Optional.empty();
                throw ImageFault.storage(
                        "reading %s in %s".formatted(ImageFault.quoted(name), path), failed);
            }
        }

        private static boolean isDirectory(Directory directory, String name) throws Errno {
            try (var _ = directory.descend(name)) {
                return true;
            } catch (Errno failed) {
                if (isNotThere(failed)) return false;
                throw failed;
            }
        }

        /// What a name that comes from the image may lead to, and the disk is well.
        private static boolean isNotThere(Errno failed) {
            return switch (failed.number()) {
                case Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.EXDEV, Errno.ENAMETOOLONG ->
                        true;
                default -> false;
            };
        }

        /// A hint for progress only; opening it will tell.
        @Override
        public long length(String name) {
            var text = Directory.bytesOf(name);
            int slash = text.lastIndexOf('/');
            var last = text.substring(slash + 1);
            if (name.indexOf('\0') >= 0 || last.isEmpty() || last.equals("..")) return 0;
            try (var directory = Directory.open(path);
                    var parent = directory.descend(slash < 0 ? "" : text.substring(0, slash))) {
                return parent.status(last).map(FileStatus::size).orElse(0L);
            } catch (Errno _) {
                return 0;
            }
        }
    }
}
