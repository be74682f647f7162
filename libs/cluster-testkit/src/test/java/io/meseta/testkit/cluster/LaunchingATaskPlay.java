package io.meseta.testkit.cluster;

import static io.meseta.testkit.cluster.AgentDraft.anAgent;
import static io.meseta.testkit.cluster.FrameworkDraft.aFramework;
import static io.meseta.testkit.cluster.TaskDraft.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchingATaskPlay {

    private final Stage stage = Stage.empty();

    @Test
    void aTaskGoesFromTheOfferToTheAgentAndOutlivesItsMaster() {
        var framework = stage.subscribe(aFramework().in("dev").patientFor(Duration.ofHours(1)));
        var agent = stage.join(anAgent("a1").with("cpus:8;mem:32768"));
        assertThat(stage.newsFor(framework)).hasSize(2).last().isInstanceOf(News.Offered.class);

        accept(framework);
        assertThat(stage.wordsFor(agent)).last().isInstanceOf(Word.Launch.class);
        assertThat(stage.cluster().tasks().size()).isOne();

        stage.failOver();
        assertThat(stage.cluster().tasks().size()).isOne();
        assertThat(stage.cluster().pool().available(agent))
                .isEqualTo(Resources.parse("cpus:7;mem:32640"));
    }

    @Test
    void anAgentThatNobodyHearsOfAfterATakeoverIsGivenUp() {
        var framework = stage.subscribe(aFramework().patientFor(Duration.ofHours(1)));
        stage.join(anAgent("a1"));
        accept(framework);

        stage.failOver().pass(Duration.ofMinutes(10));

        assertThat(stage.cluster().agents().values()).allMatch(agent -> agent.isUnreachable());
    }

    private void accept(FrameworkId framework) {
        var offer = stage.offersOf(framework).getFirst();
        var task = aTask("t1").needing("cpus:1;mem:128").on(offer);
        stage.put(
                new Command.Accept(
                        stage.caller(framework),
                        List.of(offer.id()),
                        List.of(new Operation.Launch(List.of(task))),
                        Duration.ZERO));
    }
}
