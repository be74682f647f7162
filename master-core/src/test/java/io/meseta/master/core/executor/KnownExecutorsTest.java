package io.meseta.master.core.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import org.junit.jupiter.api.Test;

/// Which executors there are.
final class KnownExecutorsTest {

    private static final AgentId AGENT = new AgentId("S1");
    private static final AgentId OTHER_AGENT = new AgentId("S2");
    private static final FrameworkId ONE = new FrameworkId("F1");
    private static final FrameworkId TWO = new FrameworkId("F2");

    private final Executor first = executor(AGENT, ONE, "a");
    private final Executor second = executor(AGENT, TWO, "a");
    private final Executor elsewhere = executor(OTHER_AGENT, ONE, "a");
    private final Executors executors = Executors.none().with(first).with(second).with(elsewhere);

    @Test
    void findsThemByAgentAndByFramework() {
        assertThat(executors.on(AGENT)).containsExactly(first, second);
        assertThat(executors.of(ONE)).containsExactly(first, elsewhere);
        assertThat(executors.of(TWO)).containsExactly(second);
        assertThat(executors.find(AGENT, second.key())).contains(second);
        assertThat(executors.find(OTHER_AGENT, second.key())).isEmpty();
        assertThat(Executors.none().all()).isEmpty();
    }

    @Test
    void forgetsOneAndKeepsTheOthers() {
        var fewer = executors.without(AGENT, first.key());

        assertThat(fewer.all()).containsExactly(second, elsewhere);
        assertThat(fewer.without(AGENT, second.key()).all()).containsExactly(elsewhere);
        assertThat(fewer.without(OTHER_AGENT).all()).containsExactly(second);
    }

    @Test
    void takesTheNewerOfOneKey() {
        var ending = first.toBeShutDown(9);

        assertThat(executors.with(ending).on(AGENT)).containsExactly(ending, second);
    }

    private static Executor executor(AgentId agent, FrameworkId framework, String id) {
        var key = new ExecutorKey(framework, new ExecutorId(id));
        var spec = new ExecutorSpec(key.executor(), Resources.EMPTY, Opaque.EMPTY);
        return new Executor(agent, key, spec, Play.DEV, 1, 0);
    }
}
