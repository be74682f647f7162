package io.meseta.images.layers;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.images.TarMaker;
import io.meseta.images.reference.ImageFault.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Headers that would have us calculate, keep or write more than any honest archive asks for.
@Timeout(30)
final class HostileNumbersTest {

    @TempDir Path temporary;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(temporary);
    }

    @Test
    void refusesTimesWithAnExponentWithoutCalculatingThem() {
        for (var time : List.of("1e99999999", "1E-99999999", "0x10", "+1", "")) {
            var archive = new TarMaker().pax("mtime", time + "e9").file("a", "");

            refuses(Kind.MALFORMED, "no time", () -> unpack(archive));
        }
    }

    @Test
    void takesTimesWithAFraction() {
        unpack(new TarMaker().pax("mtime", "-1.25").file("a", "").pax("mtime", "7.").file("b", ""));

        assertThat(sandbox.status("a").modified().seconds()).isEqualTo(-2);
        assertThat(sandbox.status("a").modified().nanos()).isEqualTo(750_000_000);
        assertThat(sandbox.status("b").modified().seconds()).isEqualTo(7);
    }

    @Test
    void refusesASizeThatWouldOverflowWithItsPadding() {
        var archive = new TarMaker().pax("size", "9223372036854775807").file("a", "");

        refuses(Kind.TOO_LARGE, "larger than any disk", () -> unpack(archive));
    }

    @Test
    void keepsFewRecordsForAllEntries() {
        var many = new TarMaker();
        for (int i = 0; i <= 100; i++) addForAll(many, "k" + i, "v");

        refuses(Kind.TOO_LARGE, "too many pax records", () -> unpack(many));
    }

    @Test
    void keepsFewBytesForAllEntries() {
        var large = new TarMaker();
        for (int i = 0; i < 5; i++) addForAll(large, "k" + i, "v".repeat(1_000_000));

        refuses(Kind.TOO_LARGE, "too many pax records", () -> unpack(large));
    }

    @Test
    void countsARecordThatComesAgainOnce() {
        var archive = new TarMaker();
        for (int i = 0; i < 200; i++) addForAll(archive, "comment", "v".repeat(100_000));

        assertThat(unpack(archive).entries()).isEqualTo(200);
    }

    @Test
    void refusesASparseFileOfNegativeLength() {
        refuses(
                Kind.MALFORMED,
                "sparse",
                () -> unpack(new TarMaker().pax("GNU.sparse.size", "-1").file("s", "")));
    }

    @Test
    void refusesAttributesThatNoFileCanHave() {
        for (var name : List.of("user.a\0b", "user." + "n".repeat(300))) {
            var archive = new TarMaker().pax("SCHILY.xattr." + name, "v").file("a", "");

            refuses(Kind.MALFORMED, "extended attribute", () -> unpack(archive));
        }
        var large = new TarMaker().pax("SCHILY.xattr.user.a", new byte[65 << 10]).file("a", "");
        refuses(Kind.TOO_LARGE, "extended attribute", () -> unpack(large));
    }

    /// A record that holds for all that follows, and an entry for which it holds.
    private static void addForAll(TarMaker archive, String key, String value) {
        var record = " " + key + "=" + value + "\n";
        int length = record.length() + String.valueOf(record.length()).length();
        if (String.valueOf(length).length() > String.valueOf(record.length()).length()) length++;
        archive.entry('g', "g", "", (length + record).getBytes(UTF_8));
        archive.file("a", "");
    }

    private Unpacked unpack(TarMaker archive) {
        return sandbox.unpack(archive.done());
    }
}
