package io.meseta.master.engine;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision.Accepted;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.Moment;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effects;
import io.meseta.master.core.reign.Epoch;
import java.util.ArrayList;
import java.util.List;

/// One reign's way from commands to durable facts, without a thread.
///
/// Not safe for several threads: its owner is the one writer.
public final class Committer {

    private final Journal journal;
    private final Epoch epoch;
    private RoundTiming timing = RoundTiming.NONE;
    private Cluster current;
    private long nextSequence;

    private Committer(Journal journal, Epoch epoch, Cluster current, long nextSequence) {
        this.journal = journal;
        this.epoch = epoch;
        this.current = current;
        this.nextSequence = nextSequence;
    }

    /// Takes over: raises the epoch, reads what earlier leaders have left, and begins to lead.
    ///
    /// @param lead its epoch is higher than any before
    /// @throws JournalFault if the journal does not let it
    public static Committer takeOver(Journal journal, Command.Lead lead, Moment moment) {
        var head = journal.raise(lead.epoch());
        return lead(journal, new Standby(journal).recover(head).replay(), lead, moment);
    }

    /// Begins to lead a journal whose epoch was raised to this lead's, from the state that was
    /// recovered since.
    ///
    /// @throws JournalFault if the journal does not let it
    public static Committer lead(
            Journal journal, Replay recovered, Command.Lead lead, Moment moment) {
        var committer =
                new Committer(journal, lead.epoch(), recovered.cluster(), recovered.nextSequence());
        var _ = committer.commit(List.of(lead), moment).answers().getFirst().decision();
        return committer;
    }

    /// From now on `watch` sees how long each round of the allocator takes.
    public void timeRounds(RoundTiming watch) {
        timing = watch;
    }

    public Cluster current() {
        return current;
    }

    /// The sequence number of the newest entry.
    public long sequence() {
        return nextSequence - 1;
    }

    /// Decides a batch and makes it durable. Whoever calls this shows, answers and acts upon the
    /// outcome afterwards, in this order.
    ///
    /// A command that the rules break over changes nothing and is answered so, alone: another
    /// leader would break over it as well, and a cluster without any would be worse.
    ///
    /// @throws JournalFault if the batch could not be written, or nobody knows whether it was. The
    ///   state is as before, but may not be what the journal holds: this committer must not be used
    ///   again.
    public Committed commit(List<? extends Command> batch, Moment moment) {
        var before = current;
        var fold = new Folding(before);
        var answers = new ArrayList<Answer>(batch.size());
        for (var command : batch) answers.add(fold.answer(command, moment));
        fold.addAll(timing.time(() -> fold.state.offer(moment)));
        append(fold.events, moment);
        current = fold.state;
        return new Committed(
                sequence(), before, current, answers, fold.events, Merging.of(fold.effects));
    }

    private void append(List<Event> events, Moment moment) {
        var recorded = events.stream().filter(Event::isRecorded).toList();
        if (recorded.isEmpty()) return;
        journal.append(new Entry(nextSequence, epoch, moment.at(), recorded));
        nextSequence++;
    }

    /// A state and what led to it.
    private static final class Folding {

        private final List<Event> events = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();
        private Cluster state;

        Folding(Cluster state) {
            this.state = state;
        }

        Answer answer(Command command, Moment moment) {
            var before = state;
            int eventsBefore = events.size();
            int effectsBefore = effects.size();
            try {
                var decision = state.decide(command, moment);
                if (decision instanceof Accepted(var more)) addAll(more);
                return new Answer.Decided(decision);
            } catch (RuntimeException fault) {
                state = before;
                events.subList(eventsBefore, events.size()).clear();
                effects.subList(effectsBefore, effects.size()).clear();
                return new Answer.Broken(command.getClass(), fault);
            }
        }

        void addAll(List<Event> more) {
            for (var event : more) {
                var next = state.after(event);
                effects.addAll(Effects.of(state, event, next));
                events.add(event);
                state = next;
            }
        }
    }
}
