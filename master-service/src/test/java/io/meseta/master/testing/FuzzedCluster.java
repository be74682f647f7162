package io.meseta.master.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.testkit.cluster.AgentDraft;
import io.meseta.testkit.cluster.FrameworkDraft;
import io.meseta.testkit.cluster.InMemoryJournal;
import io.meseta.testkit.cluster.Stage;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Growth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A small cluster that is told odd things: two agents, a framework, and words for all that they
/// could mean by each other.
public final class FuzzedCluster {

    private static final List<String> WORDS =
            List.of(
                    "dev",
                    "ops",
                    "dev/a",
                    "cpus",
                    "mem",
                    "disk",
                    "ports",
                    "gpus",
                    "t1",
                    "t2",
                    "e1",
                    "o1",
                    "v1",
                    "a1.example.org",
                    "127.0.0.1",
                    "root",
                    "ann",
                    "rack",
                    "sleep 1");

    private final InMemoryJournal journal = new InMemoryJournal();
    private final Stage stage = Stage.on(journal);
    private final List<AgentId> agents = new ArrayList<>();
    private final FrameworkId framework;
    private final Choices choices;
    private final Growth growth;

    public FuzzedCluster(byte[] input) {
        agents.add(
                stage.join(
                        AgentDraft.anAgent("a1.example.org")
                                .with(
                                        "cpus:8;mem:4096;disk:1024;ports:[31000-32000];gpus:2;"
                                                + "mem(dev):64;disk(dev):128")));
        agents.add(stage.join(AgentDraft.anAgent("a2.example.org")));
        framework =
                stage.subscribe(
                        FrameworkDraft.aFramework()
                                .in("dev", "dev/a")
                                .patientFor(Duration.ofDays(1))
                                .ableTo(FrameworkCapability.values()));
        var words = new ArrayList<>(WORDS);
        agents.forEach(agent -> words.add(agent.value()));
        words.add(framework.value());
        choices = new Choices(input, words);
        growth = new Growth(choices);
    }

    public Stage stage() {
        return stage;
    }

    public Choices choices() {
        return choices;
    }

    public Growth growth() {
        return growth;
    }

    public List<AgentId> agents() {
        return agents;
    }

    public FrameworkId framework() {
        return framework;
    }

    public Decision put(Command command) {
        return stage.put(command);
    }

    /// Time passes, or another master takes over, or nothing happens.
    public void meanwhile() {
        switch (choices.below(8)) {
            case 0 -> stage.pass(Duration.ofSeconds(choices.below(100_000)));
            case 1 -> stage.failOver();
            default -> {}
        }
    }

    /// At the end: whatever was told survives.
    public void check() throws IOException {
        Durability.check(journal, stage.cluster());
        var before = stage.cluster().durable();
        stage.failOver();
        var after = stage.cluster().durable();
        assertThat(after.tasks()).as("tasks after a failover").isEqualTo(before.tasks());
        stage.pass(Duration.ofDays(2));
        Durability.check(journal, stage.cluster());
    }
}
