package io.meseta.images.layers;

import io.meseta.images.reference.ImageFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where the files of an uncompressed tar archive lie in it, so that each can be read by itself.
/// Links are followed by name, inside the archive; nothing is unpacked.
public final class TarIndex {

    private static final int FILES_MAX = 100_000;
    private static final int LINKS_MAX = 8;

    private final Path archive;
    private final Map<String, Part> parts;
    private final Map<String, String> links;

    private TarIndex(Path archive, Map<String, Part> parts, Map<String, String> links) {
        this.archive = archive;
        this.parts = Map.copyOf(parts);
        this.links = Map.copyOf(links);
    }

    private record Part(long offset, long length) {}

    /// Reads all headers of an archive.
    public static TarIndex of(Path archive) {
        var limits = UnpackLimits.usual();
        var parts = new HashMap<String, Part>();
        var links = new HashMap<String, String>();
        try (var in = new BufferedInputStream(Files.newInputStream(archive));
                var counted = new CountedStream(in)) {
            var reader = new TarReader(counted);
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (parts.size() + links.size() > FILES_MAX) {
                    throw ImageFault.tooLarge("an archive of more than 100,000 files");
                }
                add(entry.get(), counted.count(), parts, links, limits);
            }
        } catch (IOException failed) {
            throw Compression.broken(failed);
        }
        return new TarIndex(archive, parts, links);
    }

    private static void add(
            TarEntry entry,
            long offset,
            Map<String, Part> parts,
            Map<String, String> links,
            UnpackLimits limits) {
        var path = EntryPath.of(entry.name(), limits);
        var name = path.toString();
        switch (entry.kind()) {
            case FILE -> {
                if (entry.isSparse()) throw ImageFault.malformed("a sparse file in an archive");
                parts.put(name, new Part(offset, entry.size()));
            }
            case HARD_LINK -> links.put(name, EntryPath.of(entry.link(), limits).toString());
            case SYMLINK -> links.put(name, resolved(path, entry.link()));
            case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {}
        }
    }

    /// A link's target by its text, which is no path of this machine; one that leads out of the
    /// archive leads to nothing.
    private static String resolved(EntryPath link, String target) {
        var at = new ArrayList<>(link.parent().components());
        for (var step : target.split("/", -1)) {
            if (step.equals("..")) {
                if (at.isEmpty()) return "";
                at.removeLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                at.add(step);
            }
        }
        return String.join("/", at);
    }

    /// The file at `name`; empty if there is none. Close the stream.
    public Optional<InputStream> open(String name) {
        var part = find(name);
        if (part.isEmpty()) return Optional.empty();
        try {
            return Optional.of(new PartStream(archive, part.get().offset(), part.get().length()));
        } catch (IOException failed) {
            throw ImageFault.storage("reading " + archive, failed);
        }
    }

    /// Length of the file at `name`, 0 if there is none.
    public long length(String name) {
        return find(name).map(Part::length).orElse(0L);
    }

    private Optional<Part> find(String name) {
        var at = name;
        for (int followed = 0; followed < LINKS_MAX; followed++) {
            var part = parts.get(at);
            if (part != null) return Optional.of(part);
            var next = links.get(at);
            if (next == null) return Optional.empty();
            at = next;
        }
        return Optional.empty();
    }

    /// A part of a file.
    private static final class PartStream extends InputStream {

        private final RandomAccessFile file;
        private long left;

        PartStream(Path path, long offset, long length) throws IOException {
            file = new RandomAccessFile(path.toFile(), "r");
            file.seek(offset);
            left = length;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) return -1;
            int read = file.read(into, offset, (int) Math.min(length, left));
            if (read > 0) left -= read;
            return read;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
