package io.meseta.master.levels;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.FeatureLevels;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.levels.LiveMasters.LevelsFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Says every few seconds that this master is there and what it can read. Whoever leads hears the
/// others, and raises the feature level once all have been ready for it for long enough.
///
/// A master that comes between the look and the raise, and can't read on, finds the raise in the
/// journal and stops there: it neither guesses nor leads.
final class RollCall implements AutoCloseable {

    static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final LiveMasters masters;
    private final Supplier<LiveMaster> self;
    private final Supplier<? extends Leadership> leadership;
    private final LevelsProperties rule;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("roll-call").daemon().factory());
    private volatile int count;
    private volatile Optional<Readiness> readiness = Optional.empty();

    // The thread's own.
    private boolean isTroubled;

    /// What there is to know about levels.
    ///
    /// @param possible the level that could be raised to now
    /// @param readiness since when it is, if this master has led for long enough to have seen it
    record Standing(
            FeatureLevel active,
            Optional<FeatureLevel> possible,
            Optional<Readiness> readiness,
            List<LiveMaster> masters) {

        /// Those that can't read that level.
        List<LiveMaster> unable(FeatureLevel level) {
            return masters.stream().filter(each -> !each.levels().reads(level)).toList();
        }
    }

    /// Starts nothing yet.
    ///
    /// @param self asked each time: a server does not know its port before it has started
    RollCall(
            LiveMasters masters,
            Supplier<LiveMaster> self,
            Supplier<? extends Leadership> leadership,
            LevelsProperties rule,
            InstantSource clock) {
        this.masters = masters;
        this.self = self;
        this.leadership = leadership;
        this.rule = rule;
        this.clock = clock;
    }

    void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::turn, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// How many masters there were when this one looked last; 0 if it does not lead.
    int count() {
        return count;
    }

    LevelsProperties rule() {
        return rule;
    }

    LiveMaster self() {
        return self.get();
    }

    /// As of now.
    Standing standing(Role.Leading leading) {
        masters.say(self.get());
        var all = masters.all();
        var active = leading.writer().view().cluster().reign().level();
        var ranges = all.stream().map(LiveMaster::levels).toList();
        return new Standing(active, FeatureLevels.possible(active, ranges), readiness, all);
    }

    /// One round.
    void call() throws InterruptedException {
        if (leadership.get().role() instanceof Role.Leading leading) {
            var standing = standing(leading);
            count = standing.masters().size();
            readiness = Readiness.next(readiness, standing.possible(), clock.instant());
            var due = readiness.filter(each -> rule.automatic()).filter(this::isDue);
            if (due.isPresent()) raise(leading, due.get().level());
        } else {
            masters.say(self.get());
            count = 0;
            readiness = Optional.empty();
        }
        masters.forget();
    }

    /// @return whether the level is active now
    static boolean raise(Role.Leading leading, FeatureLevel level) throws InterruptedException {
        var decision =
                leading.writer().submit(Lane.HOUSEKEEPING, new Command.RaiseFeatureLevel(level));
        if (!(decision instanceof Decision.Accepted)) return false;
        LOG.atInfo().addKeyValue("level", level).log("The feature level is raised");
        return true;
    }

    private boolean isDue(Readiness each) {
        return !each.due(rule.delay()).isAfter(clock.instant());
    }

    private void turn() {
        try {
            call();
            isTroubled = false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (LevelsFault | Unanswered fault) {
            LOG.atLevel(isTroubled ? Level.DEBUG : Level.WARN)
                    .setCause(fault)
                    .log("Which masters there are is not known at the moment; trying on");
            isTroubled = true;
        } catch (RuntimeException bug) {
            // Thrown, it would end all further rounds.
            LOG.atError().setCause(bug).log("The roll call has failed, which is a bug");
        }
    }

    /// A master that stops says so, that nobody waits for it.
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS))
                LOG.atWarn().log("The roll call does not end in time");
            masters.leave(self.get().id());
        } catch (LevelsFault fault) {
            LOG.atDebug().setCause(fault).log("The others find out by themselves");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
