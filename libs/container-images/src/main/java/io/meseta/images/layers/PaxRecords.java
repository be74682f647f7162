package io.meseta.images.layers;

import io.meseta.images.layers.TarEntry.Extent;
import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.FileStatus.FileTime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The records of POSIX extended headers, `length key=value`. Values stay bytes: what is text and
/// what is not is known only by who asks.
final class PaxRecords {

    private static final String ATTRIBUTE = "SCHILY.xattr.";
    private static final int RECORDS_MAX = 10_000;
    private static final int RECORDS_FOR_ALL_MAX = 100;
    private static final int BYTES_MAX = 4 << 20;
    private static final int LENGTH_DIGITS_MAX = 10;
    private static final long NANOS = 1_000_000_000L;

    /// Without an exponent, which would make a number of a thousand million digits of ten.
    private static final Pattern TIME = Pattern.compile("-?[0-9]{1,19}(?:\\.[0-9]{0,20})?");

    private final int recordsMax;

    private final Map<String, byte[]> values = new LinkedHashMap<>();

    /// The one form of sparse files in which keys repeat (GNU's 0.0), in the order of the text.
    private final List<Long> repeated = new ArrayList<>();

    private int bytes;

    private PaxRecords(int recordsMax) {
        this.recordsMax = recordsMax;
    }

    /// Those of one entry.
    static PaxRecords ofEntry() {
        return new PaxRecords(RECORDS_MAX);
    }

    /// Those of all entries that follow. Each entry takes them over and they are kept to the end of
    /// the archive, so there may be few.
    static PaxRecords ofArchive() {
        return new PaxRecords(RECORDS_FOR_ALL_MAX);
    }

    /// Adds what `text` holds; of one key the last counts, and an empty value takes back an
    /// earlier.
    void add(byte[] text) {
        for (int from = 0; from < text.length; ) {
            int space = indexOf(text, ' ', from, from + LENGTH_DIGITS_MAX);
            int end = from + length(text, from, space);
            if (end <= space + 1 || end > text.length || text[end - 1] != '\n') throw broken();
            int equals = indexOf(text, '=', space + 1, end - 1);
            if (equals == space + 1) throw broken();
            put(
                    new String(text, space + 1, equals - space - 1, StandardCharsets.ISO_8859_1),
                    Arrays.copyOfRange(text, equals + 1, end - 1));
            from = end;
        }
    }

    void addAll(PaxRecords others) {
        others.values.forEach(this::keep);
    }

    private void put(String key, byte[] value) {
        if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
            if (repeated.size() >= 2 * SparseMap.EXTENTS_MAX) throw SparseMap.tooMany();
            repeated.add(whole(key, value));
        } else if (value.length == 0) {
            forget(key);
        } else {
            keep(key, value);
        }
    }

    private void keep(String key, byte[] value) {
        forget(key);
        values.put(key, value);
        bytes += key.length() + value.length;
        if (bytes > BYTES_MAX || values.size() > recordsMax) {
            throw ImageFault.tooLarge("too many pax records");
        }
    }

    private void forget(String key) {
        var forgotten = values.remove(key);
        if (forgotten != null) bytes -= key.length() + forgotten.length;
    }

    private static int length(byte[] text, int from, int space) {
        int length = 0;
        for (int i = from; i < space; i++) {
            if (text[i] < '0' || text[i] > '9') throw broken();
            length = Math.min(1 << 26, 10 * length + text[i] - '0');
        }
        return length;
    }

    private static int indexOf(byte[] text, char wanted, int from, int to) {
        for (int i = from; i < Math.min(to, text.length); i++) {
            if (text[i] == wanted) return i;
        }
        throw broken();
    }

    private static ImageFault broken() {
        return ImageFault.malformed("a broken pax header");
    }

    /// The value of `key`, a character a byte.
    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key))
                .map(value -> new String(value, StandardCharsets.ISO_8859_1));
    }

    long number(String key, long otherwise) {
        var value = values.get(key);
        return value == null ? otherwise : whole(key, value);
    }

    private static long whole(String key, byte[] value) {
        try {
            return Long.parseLong(new String(value, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException _) {
            throw ImageFault.malformed("pax record %s is no number".formatted(key));
        }
    }

    /// Seconds with a fraction.
    FileTime time(String key, FileTime otherwise) {
        var text = text(key);
        if (text.isEmpty()) return otherwise;
        if (!TIME.matcher(text.get()).matches()) {
            throw ImageFault.malformed("pax record %s is no time".formatted(key));
        }
        try {
            var nanos = new BigDecimal(text.get()).movePointRight(9).toBigInteger();
            var parts = nanos.divideAndRemainder(BigInteger.valueOf(NANOS));
            int rest = parts[1].intValueExact();
            long seconds = parts[0].longValueExact();
            return rest < 0
                    ? new FileTime(seconds - 1, rest + (int) NANOS)
                    : new FileTime(seconds, rest);
        } catch (ArithmeticException _) {
            throw broken();
        }
    }

    /// The extended attributes, by name.
    Map<String, byte[]> attributes() {
        var attributes = new HashMap<String, byte[]>();
        values.forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE)) {
                attributes.put(key.substring(ATTRIBUTE.length()), value);
            }
        });
        return attributes;
    }

    boolean isSparseWithMapInContent() {
        return text("GNU.sparse.major").orElse("").equals("1")
                && text("GNU.sparse.minor").orElse("").equals("0");
    }

    boolean isSparse() {
        return isSparseWithMapInContent() || values.containsKey("GNU.sparse.size");
    }

    /// The map of GNU's forms 0.0 and 0.1.
    List<Extent> extents() {
        var map = text("GNU.sparse.map");
        return SparseMap.pairs(map.isPresent() ? SparseMap.numbers(map.get(), ",") : repeated);
    }
}
