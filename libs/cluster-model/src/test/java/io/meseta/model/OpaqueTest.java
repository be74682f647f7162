package io.meseta.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OpaqueTest {

    @Test
    void keepsItsBytesWhateverOthersDoToTheirs() {
        var given = "abc".getBytes(UTF_8);
        var opaque = Opaque.of(given);

        given[0] = 'x';
        opaque.asBytes()[1] = 'x';

        assertThat(opaque.asBytes()).isEqualTo("abc".getBytes(UTF_8));
        assertThat(opaque.asReadOnly().isReadOnly()).isTrue();
    }

    @Test
    void isEqualToWhatHasTheSameBytes() {
        var one = Opaque.of("abc".getBytes(UTF_8));
        var other = Opaque.of(ByteBuffer.wrap("xabcx".getBytes(UTF_8), 1, 3));

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(Opaque.EMPTY);
    }

    @Test
    void saysHowLongItIsAndNothingOfWhatIsInIt() {
        assertThat(Opaque.of("abc".getBytes(UTF_8)).size()).isEqualTo(3);
        assertThat(Opaque.of("abc".getBytes(UTF_8))).hasToString("Opaque[3 bytes]");
        assertThat(Opaque.of(new byte[0])).isSameAs(Opaque.EMPTY);
        assertThat(Opaque.of(ByteBuffer.allocate(0))).isSameAs(Opaque.EMPTY);
        assertThat(Opaque.of("abc".getBytes(UTF_8)).hashCode())
                .isNotEqualTo(Opaque.of("abd".getBytes(UTF_8)).hashCode());
    }

    @Test
    void digestsItsBytes() {
        assertThat(Opaque.of("abc".getBytes(UTF_8)).digest())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
