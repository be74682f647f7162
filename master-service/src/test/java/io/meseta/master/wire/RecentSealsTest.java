package io.meseta.master.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.secrets.OpeningKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentSealsTest {

    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final ByteString WORD = ByteString.copyFromUtf8("a word");

    private final AtomicLong now = new AtomicLong();
    private final RecentSeals seals = new RecentSeals(MOMENT, now::get);
    private final OpeningKey key = OpeningKey.passing();

    private ByteString sealed() {
        return seals.sealed(key.sealing(), WORD);
    }

    private static Optional<ByteString> opened(OpeningKey key, ByteString sealed) {
        return key.open(sealed.toByteArray()).map(ByteString::copyFrom);
    }

    @Test
    void sealTheSameToTheSameForAMoment() {
        var first = sealed();

        now.addAndGet(MOMENT.toNanos() - 1);
        assertThat(sealed()).isEqualTo(first);
        now.addAndGet(1);
        assertThat(sealed()).isNotEqualTo(first);
        assertThat(opened(key, first)).contains(WORD);
        assertThat(opened(key, sealed())).contains(WORD);
    }

    @Test
    void sealForEachAgentByItself() {
        var other = OpeningKey.passing();

        var sealed = seals.sealed(other.sealing(), WORD);

        assertThat(sealed).isNotEqualTo(sealed());
        assertThat(opened(other, sealed)).contains(WORD);
        assertThat(opened(key, sealed)).isEmpty();
    }

    @Test
    void sealDifferentWordsDifferently() {
        var sealed = new HashSet<ByteString>();
        for (int i = 0; i < 3; i++)
            sealed.add(seals.sealed(key.sealing(), ByteString.copyFromUtf8("word " + i)));

        assertThat(sealed).hasSize(3);
    }

    @Test
    void keepNoMoreThanTheyMay() {
        var first = sealed();
        for (int i = 0; i < 1024; i++)
            seals.sealed(key.sealing(), ByteString.copyFromUtf8("word " + i));

        assertThat(sealed()).isNotEqualTo(first);
    }
}
