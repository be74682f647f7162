package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.cluster.Decision.Accepted;
import io.meseta.master.core.cluster.Decision.Refused;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.upkeep.InverseOffer;
import io.meseta.model.FrameworkId;
import io.meseta.simulator.world.Node;
import io.meseta.simulator.world.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A framework's side of its conversation with the leading master: one stream, and calls beside it.
final class SchedulerLink {

    private static final long SUBSCRIBED_MILLIS_MAX = 4_000;

    private final World world;
    private final Node node;
    private final List<SimulatedMaster> masters;
    private final Listener listener;
    private int guess;
    private long attempts;
    private @Nullable Pipe<ToFramework> pipe;
    private @Nullable StreamId stream;
    private @Nullable FrameworkId framework;
    private long openedAt;

    /// Who listens to the stream.
    interface Listener {

        /// Who it is, as it says each time it subscribes.
        Introduction introduction();

        void subscribed(FrameworkId framework);

        /// @param since when the stream was opened
        void heard(News news, long since);

        /// Its id has been used up.
        void dismissed();
    }

    record Introduction(Optional<FrameworkId> id, FrameworkProfile profile, OfferWishes wishes) {}

    SchedulerLink(World world, Node node, List<SimulatedMaster> masters, Listener listener) {
        this.world = world;
        this.node = node;
        this.masters = masters;
        this.listener = listener;
    }

    boolean isSubscribed() {
        return stream != null;
    }

    /// Subscribes, in the place of a stream that may still be open.
    void open() {
        hangUp();
        long attempt = ++attempts;
        var master = masters.get(guess % masters.size());
        var opened =
                new Pipe<ToFramework>(
                        world.network(),
                        master.node(),
                        node,
                        message -> hear(attempt, message),
                        () -> lost(attempt));
        pipe = opened;
        openedAt = node.now();
        var who = listener.introduction();
        send(
                master,
                answered ->
                        master.subscribe(
                                given ->
                                        new Command.Subscribe(
                                                who.id(), who.profile(), who.wishes(), given),
                                opened,
                                answered),
                answer -> answered(attempt, answer));
        node.later(SUBSCRIBED_MILLIS_MAX, () -> retry(attempt));
    }

    /// Closes the stream, or forgets it in a crash.
    void close() {
        hangUp();
    }

    /// Lets the stream be as it is and forgets it: whoever subscribes next takes over from it.
    /// Nobody would ever take over from, nor end, the stream of a framework that has no id yet.
    void abandon() {
        if (listener.introduction().id().isEmpty()) hangUp();
        attempts++;
        stream = null;
        pipe = null;
    }

    /// @param then told if the master has done it
    void call(Function<Caller, Command> call, Runnable then) {
        var current = stream;
        var id = framework;
        if (current == null || id == null) return;
        long attempt = attempts;
        var command = call.apply(new Caller(id, Optional.of(current), Optional.empty()));
        var master = masters.get(guess % masters.size());
        send(
                master,
                answered -> master.ask(command, answered),
                answer -> {
                    if (answer instanceof Answer.Decided(Accepted _)) then.run();
                    else if (attempt == attempts) {
                        if (answer instanceof Answer.NotLeading) guess++;
                        lost(attempt);
                    }
                });
    }

    private void answered(long attempt, Answer answer) {
        if (attempt != attempts) return;
        if (answer instanceof Answer.Decided(Refused(Refusal.CompletedFramework _))) {
            note("is dismissed");
            hangUp();
            listener.dismissed();
            return;
        }
        if (!(answer instanceof Answer.Decided(Accepted _))) retry(attempt);
    }

    private void hear(long attempt, ToFramework message) {
        if (attempt != attempts) return;
        switch (message) {
            case ToFramework.Over _ -> lost(attempt);
            case ToFramework.Heard(var id, var given, News.Subscribed _) -> {
                stream = given;
                framework = id;
                note("is subscribed as " + id);
                listener.subscribed(id);
            }
            case ToFramework.Heard(_, _, News.Asked(var offers)) -> answer(offers);
            case ToFramework.Heard(_, _, var news) -> listener.heard(news, openedAt);
        }
    }

    /// Some leave, some stay, and some say nothing.
    private void answer(List<InverseOffer> offers) {
        if (world.chance().oneIn(3)) return;
        var ids = offers.stream().map(InverseOffer::id).toList();
        boolean isYes = world.chance().oneIn(2);
        var refusal = Duration.ofMillis(world.chance().between(0, 10_000));
        call(caller -> new Command.AnswerInverseOffers(caller, ids, isYes, refusal), () -> {});
    }

    private void hangUp() {
        attempts++;
        stream = null;
        if (pipe != null) pipe.breakNow();
        pipe = null;
    }

    private void retry(long attempt) {
        if (attempt != attempts || stream != null) return;
        guess++;
        hangUp();
        openIn(world.chance().between(50, 1_000));
    }

    private void lost(long attempt) {
        if (attempt != attempts) return;
        note("has lost its stream");
        hangUp();
        openIn(world.chance().between(1, 2_000));
    }

    private void openIn(long millis) {
        long attempt = attempts;
        node.later(
                millis,
                () -> {
                    if (attempt == attempts) open();
                });
    }

    private void send(
            SimulatedMaster master, Consumer<Consumer<Answer>> request, Consumer<Answer> then) {
        world.network()
                .send(
                        node,
                        master.node(),
                        () ->
                                request.accept(answer ->
                                        world.network()
                                                .send(
                                                        master.node(),
                                                        node,
                                                        () -> then.accept(answer))));
    }

    private void note(String what) {
        world.trace().note(node.name(), what);
    }
}
