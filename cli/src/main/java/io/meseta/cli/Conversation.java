package io.meseta.cli;

import io.meseta.client.ClientFault;
import io.meseta.client.Master;
import io.meseta.client.Subscription;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A framework's side of its conversation with the master, over as many subscriptions as it takes:
/// when one breaks, or falls silent, the framework subscribes again under its id.
///
/// For one thread.
final class Conversation implements AutoCloseable {

    /// After this long without a master there is nothing left to resume: by then the master that
    /// comes back has removed the framework.
    static final Duration RESUME_LIMIT = Duration.ofMinutes(10);

    private static final long BACK_OFF_FIRST_MS = 100;
    private static final long BACK_OFF_MAX_MS = 5_000;

    /// Missed heartbeats after which a silent stream counts as broken.
    private static final int HEARTBEATS_MISSED_MAX = 5;

    private static final double HEARTBEAT_DEFAULT_S = 15;

    private final Master master;
    private final PrintWriter notes;
    private FrameworkInfo framework;
    private @Nullable Subscription subscription;
    private double heartbeatSeconds = HEARTBEAT_DEFAULT_S;
    private long lastHeard = System.nanoTime();
    private long backOffMs = BACK_OFF_FIRST_MS;
    private boolean isLost;
    private long lostAt;

    Conversation(Master master, FrameworkInfo framework, PrintWriter notes) {
        this.master = master;
        this.framework = framework;
        this.notes = notes;
    }

    /// The framework, with its id once the master has given it one.
    FrameworkInfo framework() {
        return framework;
    }

    /// The next event, within `patience` or so; resumes a broken conversation on the way.
    ///
    /// @throws ClientFault when the first subscription fails, or the master refuses a later one
    /// @throws Refusal when the master has been away for too long, or ends the conversation
    Optional<Event> next(Duration patience) throws InterruptedException {
        var open = subscription;
        if (open == null) {
            return resumed();
        }
        Optional<Event> event;
        try {
            event = open.next(patience);
        } catch (ClientFault broken) {
            lose(String.valueOf(broken.getMessage()));
            return Optional.empty();
        }
        if (event.isEmpty()) {
            if (since(lastHeard).toMillis() > heartbeatSeconds * 1000 * HEARTBEATS_MISSED_MAX) {
                lose("no heartbeat for " + since(lastHeard).toSeconds() + " s");
            }
            return event;
        }
        lastHeard = System.nanoTime();
        heard(event.get());
        return event;
    }

    private void heard(Event event) {
        if (event.getType() == Event.Type.SUBSCRIBED) {
            var subscribed = event.getSubscribed();
            framework = framework.toBuilder().setId(subscribed.getFrameworkId()).build();
            if (subscribed.getHeartbeatIntervalSeconds() > 0) {
                heartbeatSeconds = subscribed.getHeartbeatIntervalSeconds();
            }
            if (isLost) {
                notes.println("meseta: reached the master again");
            }
            isLost = false;
            backOffMs = BACK_OFF_FIRST_MS;
        }
        if (event.getType() == Event.Type.ERROR) {
            throw new Refusal(
                    "the master ended the conversation: " + event.getError().getMessage());
        }
    }

    /// Makes a call; false when it did not arrive. A lost call is no trouble here: whatever matters
    /// is said again (kills, acknowledgements), or settled by reconciling.
    boolean call(Call.Builder call) {
        var open = subscription;
        if (open == null) {
            return false;
        }
        try {
            open.call(call.setFrameworkId(framework.getId()).build());
            return true;
        } catch (ClientFault lost) {
            notes.println("meseta: " + lost.getMessage());
            return false;
        }
    }

    private Optional<Event> resumed() throws InterruptedException {
        if (isLost) {
            var away = since(lostAt);
            if (away.compareTo(RESUME_LIMIT) > 0) {
                throw new Refusal("the master has been away for " + away.toMinutes() + " min");
            }
            TimeUnit.MILLISECONDS.sleep(backOffMs);
            backOffMs = Math.min(backOffMs * 2, BACK_OFF_MAX_MS);
        }
        try {
            subscription = master.subscribe(framework);
            lastHeard = System.nanoTime();
        } catch (ClientFault.Rejected busy) {
            // 503: a master that starts, or knows no leader yet.
            if (!isLost || busy.status() / 100 != 5) {
                throw busy;
            }
        } catch (ClientFault.Unreachable away) {
            if (!isLost) {
                throw away;
            }
        }
        return Optional.empty();
    }

    private void lose(String why) {
        if (!isLost) {
            notes.println("meseta: lost the master (" + why + "); trying to reach it again");
            lostAt = System.nanoTime();
        }
        isLost = true;
        close();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        var open = subscription;
        subscription = null;
        if (open != null) {
            open.close();
        }
    }
}
