package io.meseta.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.files.FileEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FileInfoTest {

    @Test
    void saysTheTimeOfAFileOfAnyYear() {
        assertThat(nanos(Instant.ofEpochSecond(5))).isEqualTo(5_000_000_000L);
        assertThat(nanos(Instant.parse("2400-01-01T00:00:00Z"))).isGreaterThan(9_000_000_000L);
        assertThat(nanos(Instant.parse("1600-01-01T00:00:00Z"))).isLessThan(-9_000_000_000L);
    }

    private static long nanos(Instant modified) {
        var entry = new FileEntry("/f", 1, 2, modified, 33_188, "root", "root");
        return OperatorCalls.fileInfo(entry).getMtime().getNanoseconds();
    }
}
