package io.meseta.master.leadership;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.CommitWatch;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Committer;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.RoundTiming;
import io.meseta.master.engine.Standby;
import io.meseta.master.journal.Snapshots;
import io.meseta.model.MasterId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins reigns: from a term of the lease to a writer that has read the whole journal.
public final class Reigning {

    private static final Logger LOG = LoggerFactory.getLogger(Reigning.class);

    private final Journal journal;
    private final Standby standby;
    private final WallMoments moments;
    private final Terms terms;
    private final Supplier<EffectRunner> effects;
    private final Snapshots snapshots;
    private final CommitWatch watch;
    private volatile RoundTiming timing = RoundTiming.NONE;

    /// A reign that has begun; its writer is yet to be started.
    record Begun(Epoch epoch, MasterId master, Instant since, ClusterWriter writer) {}

    /// Touches nothing before the first reign.
    ///
    /// @param standby what this master knows of the journal already
    /// @param terms of each reign
    /// @param effects asked at the begin of each reign, since those who act upon what is committed
    ///   also speak to whoever leads
    public Reigning(
            Journal journal,
            Standby standby,
            WallMoments moments,
            Terms terms,
            Supplier<EffectRunner> effects,
            Snapshots snapshots) {
        this(journal, standby, moments, terms, effects, snapshots, _ -> {});
    }

    Reigning(
            Journal journal,
            Standby standby,
            WallMoments moments,
            Terms terms,
            Supplier<EffectRunner> effects,
            Snapshots snapshots,
            CommitWatch watch) {
        this.journal = journal;
        this.standby = standby;
        this.moments = moments;
        this.terms = terms;
        this.effects = effects;
        this.snapshots = snapshots;
        this.watch = watch;
    }

    /// From the next reign on `watch` sees how long each round of the allocator takes.
    public void timeRounds(RoundTiming watch) {
        timing = watch;
    }

    /// @throws JournalFault if the journal does not let it
    Begun begin(Term term) {
        var recovered = standby.recover(journal.raise(term.epoch()));
        // No earlier leader can append after that look at the newest entry.
        recovered.newestAt().ifPresent(moments::notBefore);
        var master = new MasterId(UUID.randomUUID().toString());
        var moment = moments.next();
        var lead = new Command.Lead(term.epoch(), master, terms);
        var committer = Committer.lead(journal, recovered.replay(), lead, moment);
        committer.timeRounds(timing);
        snapshots.begin(recovered.snapshot());
        var runner = effects.get();
        var writer =
                new ClusterWriter(
                        committer,
                        moments,
                        term::holds,
                        committed -> act(runner, committed),
                        why -> end(term, why),
                        watch);
        return new Begun(term.epoch(), master, moment.at(), writer);
    }

    /// Tries out the beginning of a reign for as long as this master only follows, a limited number
    /// of times; nothing comes of it.
    void rehearse(BooleanSupplier follows) throws InterruptedException {
        var rehearsal = new Rehearsal(journal, terms);
        try {
            int done = 0;
            while (done < Rehearsal.TIMES && follows.getAsBoolean()) {
                var view = standby.view();
                if (view.isPresent()) {
                    rehearsal.perform(view.get(), moments.next());
                    done++;
                }
                TimeUnit.MILLISECONDS.sleep(Rehearsal.PAUSE.toMillis());
            }
        } catch (RuntimeException failure) {
            // It is a help and no duty; what is wrong with the journal is told by whoever needs it.
            LOG.atDebug().setCause(failure).log("A reign could not be rehearsed");
        }
    }

    /// Why this master can't lead at the moment, whoever lets it.
    Optional<String> obstacle() {
        return standby.halt();
    }

    private void act(EffectRunner runner, Committed committed) {
        snapshots.after(committed);
        runner.run(committed);
    }

    private static void end(Term term, Throwable why) {
        if (why instanceof JournalFault fault) {
            term.end(said(fault));
        } else if (!term.holds()) {
            term.end(term.reason());
        } else {
            LOG.atError().setCause(why).log("The writer has failed, which is a bug");
            term.end("the writer has failed: " + why);
        }
    }

    private static String said(JournalFault fault) {
        var cause = fault.getCause();
        return cause == null
                ? "" + fault.getMessage()
                : fault.getMessage() + ": " + cause.getMessage();
    }
}
