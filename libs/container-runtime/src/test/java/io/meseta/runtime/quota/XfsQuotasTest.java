package io.meseta.runtime.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class XfsQuotasTest {

    @Test
    void saysWhyThereAreNone() throws Exception {
        var found = XfsQuotas.on(Path.of("/proc"), Duration.ofSeconds(10));

        assertThat(found).isEqualTo(new XfsQuotas.Found.Unusable("/proc is proc and not XFS"));
    }
}
