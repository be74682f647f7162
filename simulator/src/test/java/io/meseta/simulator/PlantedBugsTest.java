package io.meseta.simulator;

import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.machine.Event.OfExecutor;
import io.meseta.agent.core.machine.Event.ResourcesConverted;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.TellAgent;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.simulator.nodes.Workings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Each of these is a mistake that somebody could make one day; the simulator must not let it pass.
final class PlantedBugsTest extends PlantedBug {

    private static final String DEAF = "is believed to listen, and has long been gone";

    @Test
    void findsAMasterThatForgetsToFreeWhatADisconnectedFrameworkWasOffered() {
        finds(DEAF, hearing(command -> !(command instanceof Command.LoseStream)));
    }

    @Test
    void findsAMasterThatNeverNoticesThatAnAgentIsGone() {
        finds(DEAF, hearing(command -> !(command instanceof Command.LoseLink)));
    }

    @Test
    void findsAMasterThatForgetsWhatAFrameworkDoesNotWant() {
        finds(
                "in a role that it does not want",
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
        finds(NO_REST, without(oneIn(40, effect -> isTold(effect, Word.Launch.class))));
    }

    @Test
    void findsAMasterThatGivesTwoOrdersOneNumber() {
        var launches = new AtomicInteger();
        finds(
                NO_REST,
                acting(effects ->
                        effects.stream().map(effect -> misnumbered(effect, launches)).toList()));
    }

    @Test
    void findsAMasterThatSwallowsReceipts() {
        finds(NO_REST, without(effect -> isTold(effect, Word.Acknowledged.class)));
    }

    @Test
    void findsAMasterThatForgetsToOrderAnOperationNowAndThen() {
        finds(
                "and nothing was in its way",
                without(oneIn(20, effect -> isTold(effect, Word.Operate.class))));
    }

    @Test
    void findsAnAgentThatNeverWaitsForTheDisk() {
        finds(
                "were heard",
                new Workings() {
                    @Override
                    public boolean outlivesMachine(io.meseta.agent.core.machine.Event event) {
                        return false;
                    }
                });
    }

    @Test
    void findsAnAgentThatDoesNotWriteDownWhatItHasReserved() {
        finds("has come back with", persisting(event -> !(event instanceof ResourcesConverted)));
    }

    @Test
    void findsAMasterThatTellsTheNewestFirst() {
        finds("and nothing was in its way", acting(List::reversed));
    }

    @Test
    void findsAnAgentThatActsBeforeItWritesDownWhatItHasToSay() {
        var events = new AtomicInteger();
        finds("nobody made the update", persisting(_ -> events.incrementAndGet() % 50 != 0));
    }

    @Test
    void findsAnAgentThatDoesNotStayAway() {
        finds(
                NO_REST,
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
        finds(NO_REST, without(effect -> isTold(effect, Word.ShutdownExecutor.class)));
    }

    @Test
    void findsAnAgentThatDoesNotWriteDownWhatItWasToldOfAnExecutor() {
        finds(
                NO_REST,
                persisting(event -> !(event instanceof OfExecutor(_, ExecutorEvent.Ordered _))));
    }

    private static Workings hearing(Predicate<Command> some) {
        return new Workings() {
            @Override
            public boolean passes(Command command) {
                return some.test(command);
            }
        };
    }

    private static Predicate<Effect> oneIn(int count, Predicate<Effect> some) {
        var met = new AtomicInteger();
        return effect -> some.test(effect) && met.incrementAndGet() % count == 0;
    }

    private static boolean isTold(Effect effect, Class<? extends Word> word) {
        return effect instanceof TellAgent(_, _, var told) && word.isInstance(told);
    }

    /// One launch in twenty has the number of the order before.
    private static Effect misnumbered(Effect effect, AtomicInteger launches) {
        if (!(effect
                instanceof
                TellAgent(
                        var agent,
                        var link,
                        Word.Launch(var number, var framework, var profile, var task))))
            return effect;
        if (number < 2 || launches.incrementAndGet() % 20 != 0) return effect;
        return new TellAgent(agent, link, new Word.Launch(number - 1, framework, profile, task));
    }
}
