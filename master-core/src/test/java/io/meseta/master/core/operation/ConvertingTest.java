package io.meseta.master.core.operation;

import static io.meseta.master.core.operation.OperationDrafts.agent;
import static io.meseta.master.core.operation.OperationDrafts.disk;
import static io.meseta.master.core.operation.OperationDrafts.offer;
import static io.meseta.master.core.operation.OperationDrafts.reserve;
import static io.meseta.master.core.operation.OperationDrafts.spec;
import static io.meseta.master.core.operation.OperationDrafts.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.Operating.Verdict;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.OperationId;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an operation needs of its agent and of what is there.
final class ConvertingTest {

    private static final Resources MACHINE = Resources.parse("cpus:4;disk:100");
    private static final AgentCapability FEEDBACK = AgentCapability.AGENT_OPERATION_FEEDBACK;

    @Test
    void hasNoEndOfOperationsWhoseEndIsNotAcknowledged() {
        var converting = new Converting(agent(MACHINE, FEEDBACK), Converting.OPERATIONS_MAX - 1);
        assertThat(converting.problem(Optional.empty(), reserve(1), MACHINE, Play.DEV)).isEmpty();

        var left = converting.convert(reserve(1), MACHINE);

        assertThat(converting.problem(Optional.empty(), reserve(1), left, Play.DEV))
                .contains(
                        "No framework may have more than 10000 operations whose end it has not"
                                + " acknowledged");
    }

    @Test
    void saysWhetherTheAgentLacksWhatWasAskedFor() {
        var unable = agent(MACHINE);
        var asked = Optional.of(new OperationId("id"));

        assertThat(Converting.incapable(unable, asked, reserve(1)).orElseThrow())
                .startsWith("Operation requested feedback, but agent S1 at");
        assertThat(Converting.incapable(unable, Optional.empty(), reserve(1)).orElseThrow())
                .startsWith("Operation on agent S1 at");
    }

    @Test
    void resizesOnlyWhereTheAgentCan() {
        var grow = spec(OperationType.GROW_VOLUME, growing(volume("v", 10, false)));
        var resizing = agent(MACHINE, FEEDBACK, AgentCapability.RESIZE_VOLUME);

        assertThat(Converting.incapable(agent(MACHINE, FEEDBACK), Optional.empty(), grow))
                .contains(
                        "Volume resize is not supported by the agent;"
                                + " on agent S1 at slave(1)@host:5051 (host)");
        assertThat(Converting.incapable(agent(MACHINE, FEEDBACK), Optional.empty(), reserve(1)))
                .isEmpty();
        assertThat(Converting.incapable(resizing, Optional.empty(), grow)).isEmpty();
    }

    @Test
    void takesTheOffersOfASharedVolumeThatEndsAndNoOthers() {
        var volume = volume("v", 10, true);
        var destroy = spec(OperationType.DESTROY, Conversion.destroying(List.of(volume)));
        var withIt = offer(1, Resources.parse("cpus:1").plus(Resources.of(volume)));
        var without = offer(2, Resources.parse("cpus:1"));

        var verdict = judge(destroy, Resources.of(volume), withIt, without);

        assertThat(verdict).isEqualTo(new Verdict.Possible(List.of(withIt)));
    }

    /// The volume is among what is available, whoever was offered it too.
    @Test
    void takesAnOfferOnceThoughItIsNeededForTwoReasons() {
        var volume = volume("v", 10, true);
        var grow = spec(OperationType.GROW_VOLUME, growing(volume));
        var both = offer(1, Resources.of(disk(5), volume));

        var verdict = judge(grow, Resources.of(volume), both);

        assertThat(verdict).isEqualTo(new Verdict.Possible(List.of(both)));
    }

    @Test
    void passesOverOffersThatDoNotHelp() {
        var useless = offer(1, Resources.parse("mem:64"));
        var useful = offer(2, Resources.parse("cpus:1"));

        assertThat(judge(reserve(1), Resources.EMPTY, useless, useful))
                .isEqualTo(new Verdict.Possible(List.of(useful)));
    }

    private static Conversion growing(Resource volume) {
        return Conversion.growing(volume, disk(5));
    }

    private static Verdict judge(OperationSpec spec, Resources free, Offer... offers) {
        var total = Resources.parse("cpus:4;mem:64").plus(free).plus(Resources.of(disk(5)));
        var agent = agent(total, FEEDBACK, AgentCapability.RESIZE_VOLUME);
        return Operating.judge(agent, spec, Resources.EMPTY, free, List.of(offers));
    }
}
