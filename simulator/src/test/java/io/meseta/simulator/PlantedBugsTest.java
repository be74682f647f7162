package io.meseta.simulator;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.TellAgent;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.engine.Committed;
import io.meseta.simulator.nodes.Workings;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each of these is a mistake that somebody could make one day; the simulator must not let it pass.
final class PlantedBugsTest extends PlantedBug {

    @Test
    void findsAMasterThatForgetsToFreeWhatADisconnectedFrameworkWasOffered() {
        finds(
                new Workings() {
                    @Override
                    public boolean passes(Command command) {
                        return !(command instanceof Command.LoseStream);
                    }
                });
    }

    @Test
    void findsAMasterThatNeverNoticesThatAnAgentIsGone() {
        finds(
                new Workings() {
                    @Override
                    public boolean passes(Command command) {
                        return !(command instanceof Command.LoseLink);
                    }
                });
    }

    @Test
    void findsAMasterThatForgetsWhatAFrameworkDoesNotWant() {
        finds(
                new Workings() {
                    @Override
                    public Command reads(Command command) {
                        return command
                                        instanceof
                                        Command.Subscribe(var id, var profile, _, var stream)
                                ? new Command.Subscribe(id, profile, OfferWishes.ALL, stream)
                                : command;
                    }
                });
    }

    @Test
    void findsAMasterThatDropsAnOrderNowAndThen() {
        finds(
                new Workings() {
                    private int launches;

                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().stream()
                                .filter(effect -> !isLaunch(effect) || ++launches % 40 != 0)
                                .toList();
                    }
                });
    }

    @Test
    void findsAMasterThatGivesTwoOrdersOneNumber() {
        finds(
                new Workings() {
                    private int launches;

                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().stream().map(this::misnumbered).toList();
                    }

                    private Effect misnumbered(Effect effect) {
                        if (!(effect
                                instanceof
                                TellAgent(
                                        var agent,
                                        var link,
                                        Word.Launch(
                                                var number,
                                                var framework,
                                                var profile,
                                                var task)))) return effect;
                        if (number < 2 || ++launches % 20 != 0) return effect;
                        var word = new Word.Launch(number - 1, framework, profile, task);
                        return new TellAgent(agent, link, word);
                    }
                });
    }

    @Test
    void findsAMasterThatSwallowsReceipts() {
        finds(
                new Workings() {
                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().stream()
                                .filter(effect ->
                                        !(effect instanceof TellAgent(_, _, Word.Acknowledged _)))
                                .toList();
                    }
                });
    }

    @Test
    void findsAMasterThatForgetsToOrderAnOperationNowAndThen() {
        finds(
                new Workings() {
                    private int operations;

                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().stream()
                                .filter(effect ->
                                        !(effect instanceof TellAgent(_, _, Word.Operate _))
                                                || ++operations % 20 != 0)
                                .toList();
                    }
                });
    }

    @Test
    void findsAnAgentThatNeverWaitsForTheDisk() {
        finds(
                new Workings() {
                    @Override
                    public boolean outlivesMachine(io.meseta.agent.core.machine.Event event) {
                        return false;
                    }
                });
    }

    @Test
    void findsAnAgentThatDoesNotWriteDownWhatItHasReserved() {
        finds(
                new Workings() {
                    @Override
                    public boolean persists(io.meseta.agent.core.machine.Event event) {
                        return !(event
                                instanceof io.meseta.agent.core.machine.Event.ResourcesConverted);
                    }
                });
    }

    @Test
    void findsAMasterThatTellsTheNewestFirst() {
        finds(
                new Workings() {
                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().reversed();
                    }
                });
    }

    @Test
    void findsAnAgentThatActsBeforeItWritesDownWhatItHasToSay() {
        finds(
                new Workings() {
                    private int events;

                    @Override
                    public boolean persists(io.meseta.agent.core.machine.Event event) {
                        return event.isRecorded() && ++events % 50 != 0;
                    }
                });
    }

    private static boolean isLaunch(Effect effect) {
        return effect instanceof TellAgent(_, _, Word.Launch _);
    }

    @Test
    void findsAnAgentThatDoesNotStayAway() {
        finds(
                new Workings() {
                    @Override
                    public io.meseta.agent.core.machine.Decision decides(
                            io.meseta.agent.core.machine.Machine machine,
                            io.meseta.agent.core.machine.Command command,
                            io.meseta.agent.core.Moment moment) {
                        return command instanceof io.meseta.agent.core.machine.Command.StayAway
                                ? new io.meseta.agent.core.machine.Decision.Accepted(List.of())
                                : machine.decide(command, moment);
                    }
                });
    }

    @Test
    void findsAMasterThatTellsNoExecutorToEnd() {
        finds(
                new Workings() {
                    @Override
                    public List<Effect> effects(Committed committed) {
                        return committed.effects().stream()
                                .filter(effect ->
                                        !(effect
                                                instanceof
                                                TellAgent(_, _, Word.ShutdownExecutor _)))
                                .toList();
                    }
                });
    }

    @Test
    void findsAnAgentThatDoesNotWriteDownWhatItWasToldOfAnExecutor() {
        finds(
                new Workings() {
                    @Override
                    public boolean persists(io.meseta.agent.core.machine.Event event) {
                        return event.isRecorded()
                                && !(event
                                        instanceof
                                        io.meseta.agent.core.machine.Event.OfExecutor(
                                                _,
                                                io.meseta.agent.core.executor.ExecutorEvent.Ordered
                                                        _));
                    }
                });
    }
}
