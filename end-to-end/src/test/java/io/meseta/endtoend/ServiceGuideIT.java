package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.SecureCluster;
import io.meseta.testkit.Await;
import org.junit.jupiter.api.Test;

/// The guide about a service and its callers, followed by a reader to whom each command is new.
final class ServiceGuideIT {

    @Test
    void findsItAsTheGuideSays() {
        try (var cluster = SecureCluster.installed("guide")) {
            var guide = cluster.guide("a-service-and-its-callers.md");
            guide.follow("A cluster");
            guide.follow("People");
            guide.follow("A service");
            guide.follow("A policy");
            guide.follow("One instance dies");
            guide.follow("Another policy");
            guide.follow("The end");

            assertThat(guide.left()).isEmpty();
            assertThat(guide.printed()).doesNotContain(cluster.secret("administrator-password"));
            // Who runs a job looks for its last output for a while after the agent has gone.
            Await.within(SecureCluster.PATIENCE)
                    .passes(
                            "nothing is left",
                            () -> assertThat(cluster.installation().traces()).isEmpty());
        }
    }
}
