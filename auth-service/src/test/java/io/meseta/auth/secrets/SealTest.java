package io.meseta.auth.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SealTest {

    private static final byte[] TEXT = "something private".getBytes(StandardCharsets.UTF_8);

    private final Seal seal = Seal.of(new byte[32]);

    @Test
    void opensOnlyForTheSamePurposeAndUnchanged() {
        var closed = seal.close(TEXT, "key/1");

        assertThat(seal.open(closed, "key/1")).hasValue(TEXT);
        assertThat(seal.open(closed, "key/2")).isEmpty();
        assertThat(Seal.passing().open(closed, "key/1")).isEmpty();
        for (int i = 0; i < closed.length; i++) {
            var changed = closed.clone();
            changed[i] ^= 1;
            assertThat(seal.open(changed, "key/1")).isEmpty();
        }
        assertThat(seal.open(new byte[3], "key/1")).isEmpty();
    }

    @Test
    void neverSealsTheSameTwiceInTheSameWay() {
        assertThat(seal.close(TEXT, "a")).isNotEqualTo(seal.close(TEXT, "a"));
        assertThat(seal.fingerprint("a")).isEqualTo(seal.fingerprint("a"));
        assertThat(seal.fingerprint("a")).isNotEqualTo(seal.fingerprint("b"));
        assertThat(seal.fingerprint("a")).isNotEqualTo(Seal.passing().fingerprint("a"));
    }

    @Test
    void refusesKeysOfAnotherSize() {
        assertThatThrownBy(() -> Seal.of(new byte[16]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
