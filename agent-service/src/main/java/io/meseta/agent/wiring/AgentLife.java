package io.meseta.agent.wiring;

import io.meseta.agent.checkpoint.Checkpoints;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.effects.AgentEffects;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.master.MasterLink;
import io.meseta.agent.operator.About;
import io.meseta.agent.sandbox.SandboxRounds;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/// Brings the agent up once its server listens, and down before the server does: recovery first,
/// then the loop, then the master. Tasks are left alone by both.
final class AgentLife implements SmartLifecycle {

    private final Memory memory;
    private final AgentLoop loop;
    private final AgentEffects effects;
    private final SandboxRounds rounds;
    private final MasterLink link;
    private volatile boolean isRunning;

    /// What is there from before, and how long it is waited for.
    ///
    /// @param about what is written down of this agent for its next start
    /// @param bootId another one after each start of the machine
    /// @param executorPatience how long executors have to come back
    record Memory(Checkpoints checkpoints, About about, String bootId, Duration executorPatience) {

        void describe() {
            checkpoints.describe(about.description().toByteArray());
        }
    }

    AgentLife(
            Memory memory,
            AgentLoop loop,
            AgentEffects effects,
            SandboxRounds rounds,
            MasterLink link) {
        this.memory = memory;
        this.loop = loop;
        this.effects = effects;
        this.rounds = rounds;
        this.link = link;
    }

    @Override
    public void start() {
        memory.describe();
        var checkpoints = memory.checkpoints();
        effects.recover(loop.current(), checkpoints.isRestarted(memory.bootId()));
        checkpoints.meet(memory.bootId());
        loop.start(effects);
        awaitExecutors();
        rounds.start();
        link.start();
        isRunning = true;
    }

    private void awaitExecutors() {
        try {
            loop.submit(new Command.AwaitExecutors(memory.executorPatience()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        link.close();
        rounds.close();
        effects.close();
        loop.close();
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
