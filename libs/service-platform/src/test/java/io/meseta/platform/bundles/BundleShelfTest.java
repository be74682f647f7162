package io.meseta.platform.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.authorization.SubjectKind;
import io.meseta.platform.bundles.BundleShelf.Arrival;
import io.meseta.platform.start.StartRefused;
import io.meseta.platform.testing.StandInBook;
import io.meseta.platform.testing.StandInKeys;
import io.meseta.testkit.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleShelfTest {

    private static final StandInKeys KEYS = new StandInKeys("k1");
    private static final StandInKeys NEXT = new StandInKeys("k2");

    private final FakeTime time = new FakeTime();
    private final StandInBook book = new StandInBook().add(SubjectKind.USER, "ann");
    private final CurrentBundle current = new CurrentBundle();

    @TempDir private Path directory;

    @BeforeEach
    void trust() throws IOException {
        Files.writeString(directory.resolve("trust"), "# ours\n\n" + KEYS.trustLine() + "\n");
    }

    @Test
    void takesWhatATrustedKeySigned() {
        assertThat(shelf(current).arrived(signed(KEYS))).isEqualTo(new Arrival.InUse(1));
        assertThat(current.version()).isEqualTo(1);
        assertThat(shelf(current).arrived(signed(KEYS))).isEqualTo(new Arrival.InUse(2));
    }

    @Test
    void refusesAllElse() {
        var shelf = shelf(current);
        assertThat(cause(shelf, signed(NEXT))).isEqualTo("unknownkey");
        assertThat(cause(shelf, signed(new StandInKeys("k1")))).isEqualTo("badsignature");
        assertThat(cause(shelf, new byte[0])).isEqualTo("unreadable");
        var changed = signed(KEYS);
        changed[changed.length - 1] ^= 1;
        assertThat(cause(shelf, changed)).isEqualTo("badsignature");
        assertThat(current.version()).isZero();
    }

    @Test
    void goesBackToNoOlderVersion() {
        var old = signed(KEYS);
        var shelf = shelf(current);
        shelf.arrived(signed(KEYS));

        assertThat(cause(shelf, old)).isEqualTo("rollback");
        var restarted = new CurrentBundle();
        var after = shelf(restarted);
        after.open();
        assertThat(cause(after, old)).isEqualTo("rollback");
        assertThat(restarted.version()).isEqualTo(2);
    }

    @Test
    void refusesAPolicyThatCannotBeReadAndKeepsTheRest() {
        var shelf = shelf(current);
        shelf.arrived(signed(KEYS));
        book.policy("broken", "policy: broken\nrules: nonsense\n");

        assertThat(cause(shelf, signed(KEYS))).isEqualTo("policies");
        assertThat(current.version()).isEqualTo(1);
    }

    @Test
    void followsTheKeysThatABundleNamesAndForgetsTheOthers() {
        book.successor(NEXT);
        shelf(current).arrived(signed(KEYS));
        assertThat(cause(shelf(current), signed(KEYS))).isEqualTo("unknownkey");
        assertThat(shelf(current).arrived(signed(NEXT))).isInstanceOf(Arrival.InUse.class);

        var restarted = new CurrentBundle();
        shelf(restarted).open();

        assertThat(restarted.version()).isEqualTo(current.version());
    }

    @Test
    void startsWithAnExpiredOneForADayAtMost() {
        shelf(current).arrived(signed(KEYS));

        time.advance(Duration.ofHours(20));
        var late = new CurrentBundle();
        shelf(late).open();
        assertThat(late.version()).isEqualTo(1);

        time.advance(Duration.ofHours(6));
        var tooLate = new CurrentBundle();
        shelf(tooLate).open();
        assertThat(tooLate.version()).isZero();
    }

    @Test
    void refusesAnExpiredOneFromOutside() {
        var bundle = signed(KEYS);
        time.advance(Duration.ofHours(2));

        assertThat(cause(shelf(current), bundle)).isEqualTo("expired");
    }

    @Test
    void startsWithNoTrustAtAllInNobody() throws IOException {
        Files.delete(directory.resolve("trust"));

        assertThatThrownBy(() -> shelf(current))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("trust-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k1", "k1 !!!", "k1 AAAA", "k1 AAAA more"})
    void refusesATrustFileThatNamesNoKey(String text) throws IOException {
        Files.writeString(directory.resolve("trust"), text);

        assertThatThrownBy(() -> shelf(current)).isInstanceOf(StartRefused.class);
    }

    private BundleShelf shelf(CurrentBundle into) {
        return new BundleShelf(into, directory.resolve("trust"), directory.resolve("state"), time);
    }

    private byte[] signed(StandInKeys keys) {
        return keys.sign(book.bundle(KEYS, time.instant()));
    }

    private static String cause(BundleShelf shelf, byte[] bytes) {
        return shelf.arrived(bytes) instanceof Arrival.Refused(var cause, _) ? cause : "";
    }
}
