package io.meseta.mesos.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {

    private static final byte[] PLAIN = "a word among friends".getBytes(UTF_8);

    @TempDir private Path directory;

    @Test
    void isOpenedByItsOwnKeyOnly() {
        var own = OpeningKey.passing();

        var sealed = own.sealing().seal(PLAIN);

        assertThat(own.open(sealed)).hasValue(PLAIN);
        assertThat(OpeningKey.passing().open(sealed)).isEmpty();
    }

    @Test
    void isATextThatDoesNotTellWhatIsInIt() {
        var key = OpeningKey.passing().sealing();

        var first = new String(key.seal(PLAIN), UTF_8);

        assertThat(first).matches("meseta-sealed-1:[A-Za-z0-9_.-]+").doesNotContain("word");
        assertThat(key.seal(PLAIN)).isNotEqualTo(first.getBytes(UTF_8));
    }

    @Test
    void isNotOpenedOnceItWasChanged() {
        var own = OpeningKey.passing();
        var sealed = own.sealing().seal(PLAIN);
        for (int i = 0; i < sealed.length; i += 7) {
            var changed = sealed.clone();
            changed[i] = (byte) (changed[i] == 'A' ? 'B' : 'A');
            if (i != sealed.length - 1) assertThat(own.open(changed)).isEmpty();
        }
        assertThat(own.open("meseta-sealed-1:".getBytes(UTF_8))).isEmpty();
        assertThat(own.open("meseta-sealed-1:?.?".getBytes(UTF_8))).isEmpty();
        assertThat(own.open(PLAIN)).isEmpty();
    }

    @Test
    void isSealedTwiceIfItLooksSealed() {
        var own = OpeningKey.passing();
        var once = own.sealing().seal(PLAIN);

        assertThat(own.open(own.sealing().seal(once))).hasValue(once);
    }

    @Test
    void keepsItsKeyForItsUserOnly() throws Exception {
        var file = directory.resolve("key");
        var sealed = OpeningKey.kept(file).sealing().seal(PLAIN);

        assertThat(OpeningKey.kept(file).open(sealed)).hasValue(PLAIN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "nonsense\n");
        assertThatThrownBy(() -> OpeningKey.kept(file)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> SealingKey.of(PLAIN)).isInstanceOf(IllegalArgumentException.class);
    }
}
