package io.meseta.master.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.TestMaster;
import io.meseta.platform.streams.StreamOutboxes;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/// The order in which a master stops.
final class LeadershipLifeTest {

    /// What has the higher phase stops first.
    @Test
    void givesTheLeaseBackBeforeAnyStreamEndsAndThatBeforeTheServer() {
        try (var master = TestMaster.start()) {
            int streams = master.bean(StreamOutboxes.class).getPhase();

            assertThat(streams).isLessThan(LeadershipLife.PHASE);
            assertThat(streams).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
            assertThat(LeadershipLife.PHASE).isEqualTo(SmartLifecycle.DEFAULT_PHASE);
        }
    }
}
