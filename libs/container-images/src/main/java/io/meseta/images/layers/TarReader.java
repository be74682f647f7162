package io.meseta.images.layers;

import io.meseta.images.layers.TarEntry.Device;
import io.meseta.images.layers.TarEntry.Extent;
import io.meseta.images.layers.TarEntry.Kind;
import io.meseta.images.layers.TarEntry.Owner;
import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.FileStatus.FileTime;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a tar archive from front to back: POSIX ustar and pax, GNU's long names and sparse files,
/// and the old format. Ours, since extended attributes are bytes and libraries read them as text.
///
/// Whatever is wrong in the archive is an [ImageFault]; memory is bounded whatever it says.
final class TarReader {

    private static final int HEADER_BYTES_MAX = 1 << 20;
    private static final int HEADERS_IN_A_ROW_MAX = 16;
    private static final int SKIP_BYTES = 1 << 20;

    /// An exbibyte: with its padding it is still far from overflow.
    private static final long SIZE_MAX = 1L << 60;

    private final InputStream in;
    private final PaxRecords global = PaxRecords.ofArchive();
    private long unread;
    private long padding;

    /// @param in decompressed
    TarReader(InputStream in) {
        this.in = in;
    }

    /// The next entry; empty at the end. What was not read of the last one is skipped.
    Optional<TarEntry> next() throws IOException {
        skipRest();
        var pax = PaxRecords.ofEntry();
        pax.addAll(global);
        String longName = null;
        String longLink = null;
        for (int headers = 0; headers <= HEADERS_IN_A_ROW_MAX; headers++) {
            var block = block();
            if (block.isEmpty()) return Optional.empty();
            var header = block.get();
            begin(header.number(124, 12));
            switch (header.type()) {
                case 'x' -> pax.add(content());
                case 'g' -> {
                    global.add(content());
                    pax.addAll(global);
                }
                case 'L' -> longName = untilNul(content());
                case 'K' -> longLink = untilNul(content());
                default -> {
                    var name = longName == null ? header.name() : longName;
                    var link = longLink == null ? header.text(157, 100) : longLink;
                    return Optional.of(entry(header, pax, name, link));
                }
            }
        }
        throw ImageFault.malformed("a tar archive of headers without entries");
    }

    private TarEntry entry(TarBlock header, PaxRecords pax, String name, String link)
            throws IOException {
        var path = pax.text("GNU.sparse.name").or(() -> pax.text("path")).orElse(name);
        var kind = kind(header.type(), path);
        long stored = pax.number("size", header.number(124, 12));
        begin(kind == Kind.FILE || kind == Kind.DIRECTORY ? stored : 0);
        var extents = new ArrayList<Extent>();
        long size = sparse(header, pax, extents);
        return new TarEntry(
                path,
                kind,
                pax.text("linkpath").orElse(link),
                new Owner(
                        (int) header.number(100, 8) & 07777,
                        id(pax.number("uid", header.number(108, 8))),
                        id(pax.number("gid", header.number(116, 8)))),
                pax.time("mtime", new FileTime(header.number(136, 12), 0)),
                device(header, kind),
                size,
                extents,
                pax.attributes());
    }

    /// Fills in the parts of a sparse file and says how long the file is.
    private long sparse(TarBlock header, PaxRecords pax, List<Extent> extents) throws IOException {
        long size = unread;
        if (header.type() == 'S') {
            size = header.number(483, 12);
            SparseMap.addOld(header, 386, 4, extents);
            var isExtended = header.byteAt(482) != 0;
            while (isExtended) {
                var more = new TarBlock(exactly(TarBlock.BYTES));
                SparseMap.addOld(more, 0, 21, extents);
                isExtended = more.byteAt(504) != 0;
            }
        } else if (pax.isSparseWithMapInContent()) {
            size = pax.number("GNU.sparse.realsize", 0);
            extents.addAll(mapInContent());
        } else if (pax.isSparse()) {
            size = pax.number("GNU.sparse.size", 0);
            extents.addAll(pax.extents());
        } else {
            return size;
        }
        var checked = SparseMap.checked(List.copyOf(extents), size, unread);
        extents.clear();
        extents.addAll(checked);
        return size;
    }

    /// GNU's form 1.0: the map stands before the content, decimal numbers on lines, in whole
    /// blocks.
    private List<Extent> mapInContent() throws IOException {
        var text = new StringBuilder();
        var numbers = new ArrayList<Long>();
        long wanted = 1;
        while (numbers.size() < wanted) {
            if (unread < TarBlock.BYTES) throw ImageFault.malformed("a cut sparse map");
            unread -= TarBlock.BYTES;
            for (byte each : exactly(TarBlock.BYTES)) {
                if (numbers.size() == wanted) break;
                if (each != '\n') {
                    text.append((char) each);
                    if (text.length() > 20) throw ImageFault.malformed("a broken sparse map");
                    continue;
                }
                numbers.addAll(SparseMap.numbers(text.toString(), ","));
                text.setLength(0);
                if (numbers.size() == 1) wanted = 1 + 2 * extents(numbers.getFirst());
            }
        }
        return SparseMap.pairs(numbers.subList(1, numbers.size()));
    }

    private static long extents(long count) {
        if (count < 0 || count > SparseMap.EXTENTS_MAX) throw SparseMap.tooMany();
        return count;
    }

    private static Kind kind(char type, String name) {
        return switch (type) {
            case '0', '\0', '7', 'S' -> name.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
            case '1' -> Kind.HARD_LINK;
            case '2' -> Kind.SYMLINK;
            case '3' -> Kind.CHARACTER_DEVICE;
            case '4' -> Kind.BLOCK_DEVICE;
            case '5' -> Kind.DIRECTORY;
            case '6' -> Kind.FIFO;
            default ->
                    throw new ImageFault(
                            ImageFault.Kind.UNSUPPORTED,
                            "a tar entry of type %d, which no layer may hold"
                                    .formatted((int) type));
        };
    }

    private static Device device(TarBlock header, Kind kind) {
        if (kind != Kind.CHARACTER_DEVICE && kind != Kind.BLOCK_DEVICE) return new Device(0, 0);
        return new Device(id(header.number(329, 8)), id(header.number(337, 8)));
    }

    /// 32 bits without sign; the last of them means "leave it" to the kernel and is nobody.
    private static int id(long number) {
        if (number < 0 || number >= 0xffff_ffffL) {
            throw ImageFault.malformed("an owner or device of number " + number);
        }
        return (int) number;
    }

    /// Empty at the end: after a block of zeros, or where the bytes end between two entries.
    private Optional<TarBlock> block() throws IOException {
        skipRest();
        var bytes = in.readNBytes(TarBlock.BYTES);
        if (bytes.length == 0) return Optional.empty();
        if (bytes.length < TarBlock.BYTES) throw new EOFException("it ends inside a tar header");
        var block = new TarBlock(bytes);
        if (block.isZero()) return Optional.empty();
        block.check();
        return Optional.of(block);
    }

    private void begin(long size) {
        if (size < 0) throw ImageFault.malformed("a tar entry of negative size");
        if (size > SIZE_MAX) throw ImageFault.tooLarge("a tar entry larger than any disk");
        unread = size;
        padding = -size & (TarBlock.BYTES - 1);
    }

    /// The whole of a header's content.
    private byte[] content() throws IOException {
        if (unread > HEADER_BYTES_MAX) throw ImageFault.tooLarge("a tar header above 1 MiB");
        var content = exactly((int) unread);
        unread = 0;
        return content;
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("it ends inside an entry");
        return bytes;
    }

    private static String untilNul(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) end++;
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    /// Reads what the archive stores of the entry's content; -1 at its end.
    int read(byte[] into, int max) throws IOException {
        if (unread == 0) return -1;
        int read = in.read(into, 0, (int) Math.min(Math.min(max, into.length), unread));
        if (read < 0) throw new EOFException("it ends inside a file");
        unread -= read;
        return read;
    }

    /// In steps: an entry may be as large as any disk, and who wanted it may be gone.
    private void skipRest() throws IOException {
        long left = unread + padding;
        while (left > 0) {
            if (Thread.currentThread().isInterrupted())
                throw new ImageFault(
                        ImageFault.Kind.CANCELLED, "reading an archive was interrupted");
            long step = Math.min(left, SKIP_BYTES);
            in.skipNBytes(step);
            left -= step;
        }
        unread = 0;
        padding = 0;
    }
}
