package io.meseta.agent.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/// Moves the older part of an output that is being written to into files beside it.
///
/// The writer holds the file open and appends, so it can't be renamed away. The older part is
/// copied and then cut out from the front of the file by the file system itself (`fallocate` with
/// `FALLOC_FL_COLLAPSE_RANGE`), which no append can get lost in. Where the file system can't (it is
/// neither ext4 nor XFS), the rest is copied too and the file is emptied: what is written in the
/// microseconds between is lost then.
///
/// The sandbox is its task's: all is done in the very directory, without following links, and the
/// cut is made as the user to whom the file belongs.
public final class LogRotation {

    private static final int CHUNK_BYTES = 64 << 10;
    private static final long CUT_SECONDS_MAX = 30;

    private final LogSettings settings;
    private final boolean isRoot;

    public LogRotation(LogSettings settings) {
        this.settings = settings;
        this.isRoot = System.getProperty("user.name", "").equals("root");
    }

    /// Rotates the file if it is too large; whether it was.
    ///
    /// @param sandbox which may be full of what strangers have made
    public boolean rotate(Path sandbox, String name) throws IOException, InterruptedException {
        if (!seemsTooLarge(sandbox.resolve(name))) return false;
        var file = Path.of(name);
        try (var stream = Files.newDirectoryStream(sandbox)) {
            if (!(stream instanceof SecureDirectoryStream<Path> directory))
                throw new IOException("this file system can't be walked safely");
            var attributes = view(directory, file).readAttributes();
            if (!attributes.isRegularFile() || attributes.size() < settings.bytesMax())
                return false;
            rotate(sandbox, directory, file, attributes);
            return true;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /// By its path, which costs a tenth of a look that strangers can't deceive: there may be a
    /// thousand outputs, all looked at each second, and nearly always there is nothing to do.
    private boolean seemsTooLarge(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .size()
                    >= settings.bytesMax();
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private void rotate(
            Path sandbox,
            SecureDirectoryStream<Path> directory,
            Path file,
            PosixFileAttributes attributes)
            throws IOException, InterruptedException {
        long block = Files.getFileStore(sandbox).getBlockSize();
        // Whole blocks, and never all of them: the file system cuts nothing else.
        long length = (attributes.size() - 1) / block * block;
        if (length <= 0) return;
        var fresh = Path.of("." + file + ".rotating");
        delete(directory, fresh);
        try (var from =
                directory.newByteChannel(
                        file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            try (var to = created(directory, fresh)) {
                copy(from, to, length);
            }
            var view = view(directory, fresh);
            view.setPermissions(attributes.permissions());
            if (isRoot) {
                view.setGroup(attributes.group());
                view.setOwner(attributes.owner());
            }
            shift(directory, file);
            directory.move(fresh, directory, piece(file, 1));
            // Last: whoever dies before it has said something twice, and nothing never.
            if (isCut(sandbox.resolve(file), length)) return;
            try (var to = appended(directory, piece(file, 1))) {
                copy(from, to, Long.MAX_VALUE);
            }
            empty(directory, file);
        }
    }

    /// From where `from` stands; ends early at its end.
    private static void copy(SeekableByteChannel from, OutputStream to, long length)
            throws IOException {
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        long left = length;
        while (left > 0) {
            chunk.clear().limit((int) Math.min(left, CHUNK_BYTES));
            int count = from.read(chunk);
            if (count < 0) return;
            to.write(chunk.array(), 0, count);
            left -= count;
        }
    }

    private boolean isCut(Path file, long length) throws IOException, InterruptedException {
        var owner = Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        var cut =
                "exec fallocate --collapse-range --offset 0 --length \"$1\" -- \"$2\" 2>/dev/null";
        var words = new ArrayList<String>();
        if (isRoot)
            words.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + owner.get("uid"),
                            "--regid=" + owner.get("gid"),
                            "--clear-groups",
                            "--"));
        words.addAll(List.of("/bin/sh", "-c", cut, "sh", Long.toString(length), file.toString()));
        var process =
                new ProcessBuilder(words)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor(CUT_SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private OutputStream created(SecureDirectoryStream<Path> directory, Path name)
            throws IOException {
        return output(
                directory.newByteChannel(
                        name,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS)));
    }

    /// Gzip files may follow one another in one.
    private OutputStream appended(SecureDirectoryStream<Path> directory, Path name)
            throws IOException {
        return output(
                directory.newByteChannel(
                        name, Set.of(StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)));
    }

    private OutputStream output(SeekableByteChannel channel) throws IOException {
        var out = Channels.newOutputStream(channel);
        return settings.isCompressing() ? new GZIPOutputStream(out, CHUNK_BYTES) : out;
    }

    private static void empty(SecureDirectoryStream<Path> directory, Path file) throws IOException {
        try (var channel =
                directory.newByteChannel(
                        file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            channel.truncate(0);
        }
    }

    /// Makes room for a new first piece; the oldest goes.
    private void shift(SecureDirectoryStream<Path> directory, Path file) throws IOException {
        delete(directory, piece(file, settings.filesMax()));
        for (int number = settings.filesMax() - 1; number >= 1; number--) {
            try {
                directory.move(piece(file, number), directory, piece(file, number + 1));
            } catch (NoSuchFileException _) {
                // There are not that many yet.
            }
        }
    }

    private Path piece(Path file, int number) {
        return Path.of(file + "." + number + (settings.isCompressing() ? ".gz" : ""));
    }

    private static void delete(SecureDirectoryStream<Path> directory, Path name)
            throws IOException {
        try {
            directory.deleteFile(name);
        } catch (NoSuchFileException _) {
            // Then there is nothing to delete.
        }
    }

    private static PosixFileAttributeView view(SecureDirectoryStream<Path> directory, Path name) {
        return directory.getFileAttributeView(
                name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
