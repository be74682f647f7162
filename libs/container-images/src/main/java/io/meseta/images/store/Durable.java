package io.meseta.images.store;

import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Files and directories that are there as a whole or not at all, also after a power cut.
///
/// A rename is durable once its directory is; `steps` hears of each step before it is taken, so
/// that a test can stop at any of them.
final class Durable {

    private static final int TEXT_BYTES_MAX = 8 << 20;

    private final Path scratch;
    private final Steps steps;
    private long count;

    /// What a crash could fall between.
    @FunctionalInterface
    interface Steps {
        void before(String step);
    }

    Durable(Path scratch, Steps steps) {
        this.scratch = scratch;
        this.steps = steps;
    }

    /// A fresh name among the unfinished things.
    synchronized Path unfinished(String kind) {
        return scratch.resolve("%s.%d".formatted(kind, ++count));
    }

    /// Puts a small file in its place; one that is there already is replaced.
    void write(Path target, byte[] content) {
        var temporary = unfinished("file");
        try {
            steps.before("write " + target.getFileName());
            try (var file =
                    FileChannel.open(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) file.write(buffer);
                file.force(true);
            }
            move(temporary, target);
        } catch (IOException failed) {
            throw ImageFault.storage("writing " + target, failed);
        }
    }

    /// Puts a small file in its place for as long as the machine runs: after a power cut it may be
    /// there, or not, or torn.
    void put(Path target, byte[] content) {
        var temporary = unfinished("file");
        try {
            steps.before("write " + target.getFileName());
            Files.write(temporary, content);
            steps.before("move " + target.getFileName());
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw ImageFault.storage("writing " + target, failed);
        }
    }

    /// Removes such a file; nothing there is fine.
    void drop(Path file) {
        try {
            steps.before("delete " + file.getFileName());
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw ImageFault.storage("deleting " + file, failed);
        }
    }

    /// Renames what is durable by itself, and makes the rename so.
    void move(Path from, Path target) throws IOException {
        steps.before("move " + target.getFileName());
        Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        steps.before("sync " + target.getFileName());
        sync(place(target));
    }

    /// Everything of ours lies somewhere below the store's directory.
    private static Path place(Path file) {
        return Objects.requireNonNull(file.getParent(), "a place");
    }

    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Removes a small file durably; nothing there is fine.
    void delete(Path file) {
        try {
            steps.before("delete " + file.getFileName());
            if (Files.deleteIfExists(file)) sync(place(file));
        } catch (IOException failed) {
            throw ImageFault.storage("deleting " + file, failed);
        }
    }

    /// Takes a tree out of its place at once; [#removeTree] may then take its time.
    Path discard(Path tree) {
        var rubbish = unfinished("rubbish");
        try {
            move(tree, rubbish);
            return rubbish;
        } catch (IOException failed) {
            throw ImageFault.storage("discarding " + tree, failed);
        }
    }

    /// Removes a tree whose files a stranger has named, following no link.
    void removeTree(Path tree) {
        steps.before("remove " + tree.getFileName());
        try (var parent = Directory.open(place(tree))) {
            parent.removeAll(Directory.bytesOf(tree.getFileName().toString()));
        } catch (Errno failed) {
            throw ImageFault.storage("removing " + tree, failed);
        }
    }

    /// The file's content; empty if there is no such file.
    static Optional<byte[]> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(TEXT_BYTES_MAX + 1);
            if (bytes.length > TEXT_BYTES_MAX) throw ImageFault.tooLarge("the file " + file);
            return Optional.of(bytes);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failed) {
            throw ImageFault.storage("reading " + file, failed);
        }
    }

    static Optional<List<String>> lines(Path file) {
        return read(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    /// What lies in a directory, sorted by name.
    static List<Path> list(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException failed) {
            throw ImageFault.storage("listing " + directory, failed);
        }
    }
}
