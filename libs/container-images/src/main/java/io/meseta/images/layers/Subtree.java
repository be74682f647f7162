package io.meseta.images.layers;

import io.meseta.images.layers.TarEntry.Kind;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Makes a layer of one directory of an archive: the form in which all else here takes files.
public final class Subtree {

    private static final int CHUNK_BYTES = 128 << 10;
    private static final int FILE_BYTES_MAX = 8 << 20;

    private final UnpackLimits limits;
    private final String directory;
    private final Set<String> whitelist;
    private final Set<String> aboveWhitelist = new HashSet<>();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long entries;

    private Subtree(UnpackLimits limits, String directory, Set<String> whitelist) {
        this.limits = limits;
        this.directory = directory;
        this.whitelist = Set.copyOf(whitelist);
        for (var path : whitelist) {
            for (int at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
                aboveWhitelist.add(path.substring(0, at));
            }
        }
    }

    /// Writes the layer of `directory`, one component, in the archive to `layer`; answers its
    /// digest. Marks of removal mean nothing in such archives: a name that is one is refused.
    ///
    /// @param whitelist absolute paths that are kept, with what leads to them; empty keeps all
    public static Digest write(
            InputStream archive, String directory, Set<String> whitelist, Path layer) {
        var limits = UnpackLimits.usual();
        var digest = Digest.Algorithm.SHA256.start();
        try (var out =
                new DigestOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(layer), CHUNK_BYTES),
                        digest)) {
            var text = new TarText(out);
            new Subtree(limits, directory, whitelist).copy(watched(archive, limits), text);
            text.end();
        } catch (IOException failed) {
            throw Compression.broken(failed);
        }
        return Digest.Algorithm.SHA256.finish(digest);
    }

    /// The content of the file `name` in the archive, and the digest by SHA-512 of the whole
    /// archive, decompressed.
    public static Found find(InputStream archive, String name) {
        var limits = UnpackLimits.usual();
        var content = new byte[0];
        try (var in = watched(archive, limits)) {
            var reader = new TarReader(in);
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                var isIt = EntryPath.of(entry.get().name(), limits).toString().equals(name);
                if (isIt && entry.get().kind() == Kind.FILE) content = all(reader, entry.get());
            }
            return new Found(content, in.finish());
        } catch (IOException failed) {
            throw Compression.broken(failed);
        }
    }

    /// What [#find] has found.
    public static final class Found {
        private final byte[] content;
        private final Digest digest;

        Found(byte[] content, Digest digest) {
            this.content = content;
            this.digest = digest;
        }

        /// Empty if there is no such file.
        public byte[] content() {
            return content.clone();
        }

        public Digest digest() {
            return digest;
        }
    }

    private static WatchedStream watched(InputStream archive, UnpackLimits limits)
            throws IOException {
        var compressed = new CountedStream(archive);
        return new WatchedStream(
                Compression.open(compressed), compressed, limits, Digest.Algorithm.SHA512);
    }

    private static byte[] all(TarReader reader, TarEntry entry) throws IOException {
        if (entry.size() > FILE_BYTES_MAX) throw ImageFault.tooLarge("a manifest above 8 MiB");
        var content = new byte[(int) entry.size()];
        int at = 0;
        var chunk = new byte[1 << 16];
        for (int read = reader.read(chunk, chunk.length);
                read >= 0;
                read = reader.read(chunk, chunk.length)) {
            System.arraycopy(chunk, 0, content, at, read);
            at += read;
        }
        return content;
    }

    private void copy(InputStream archive, TarText text) throws IOException {
        var reader = new TarReader(archive);
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            limits.checkEntries(++entries);
            if (Thread.currentThread().isInterrupted()) {
                throw new ImageFault(ImageFault.Kind.CANCELLED, "unpacking was interrupted");
            }
            var path = below(entry.get().name());
            if (path.isEmpty() || !isKept(path.get(), entry.get())) continue;
            copy(reader, entry.get(), path.get(), text);
        }
    }

    private void copy(TarReader reader, TarEntry entry, String path, TarText text)
            throws IOException {
        var isLink = entry.kind() == Kind.HARD_LINK;
        var link = isLink ? below(entry.link()).orElseThrow(Subtree::outside) : entry.link();
        long stored =
                entry.isSparse()
                        ? entry.extents().stream().mapToLong(TarEntry.Extent::length).sum()
                        : entry.kind() == Kind.FILE ? entry.size() : 0;
        text.header(entry, path.isEmpty() ? "./" : path, link, stored);
        if (entry.kind() != Kind.FILE) return;
        for (int read = reader.read(chunk, chunk.length);
                read >= 0;
                read = reader.read(chunk, chunk.length)) {
            text.write(chunk, read);
        }
        text.pad(stored);
    }

    private static ImageFault outside() {
        return ImageFault.malformed("a hard link out of the root file system");
    }

    /// The path below the directory, empty text for itself; empty if it is elsewhere.
    private Optional<String> below(String name) {
        var components = EntryPath.of(name, limits).components();
        if (components.isEmpty() || !components.getFirst().equals(directory)) {
            return Optional.empty();
        }
        for (var component : components) {
            if (component.startsWith(".wh.")) {
                throw ImageFault.malformed("a name that means a removal");
            }
        }
        return Optional.of(String.join("/", components.subList(1, components.size())));
    }

    private boolean isKept(String path, TarEntry entry) {
        if (whitelist.isEmpty() || path.isEmpty()) return true;
        var absolute = "/" + path;
        if (whitelist.contains(absolute)) return true;
        return entry.kind() == Kind.DIRECTORY && aboveWhitelist.contains(absolute);
    }
}
