package io.meseta.master.frameworks.limits;

import io.meseta.master.frameworks.limits.LimitReading.Limits;
import io.meseta.model.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Holds back the calls of principals that make too many, in the manner of Mesos: what is too fast
/// waits, and when too many wait the rest is dropped.
public final class CallLimits {

    /// Nobody waits for an answer for longer.
    static final Duration WAIT_MAX = Duration.ofSeconds(30);

    /// So many principals are counted; whoever comes later is served all the same.
    private static final int COUNTED_MAX = 10_000;

    private final Map<Principal, Optional<Pace>> own = new TreeMap<>();
    private final Optional<Pace> others;
    private final LongSupplier nanos;
    private final Waiting waiting;
    private final Map<Principal, Traffic> traffic = new ConcurrentHashMap<>();

    /// How time is spent.
    @FunctionalInterface
    interface Waiting {
        void spend(Duration time) throws InterruptedException;
    }

    /// What a principal has sent, and how much of that was dealt with.
    public static final class Traffic {

        private final LongAdder received = new LongAdder();
        private final LongAdder processed = new LongAdder();

        public long received() {
            return received.sum();
        }

        public long processed() {
            return processed.sum();
        }
    }

    CallLimits(Limits limits, LongSupplier nanos, Waiting waiting) {
        limits.byPrincipal()
                .forEach((principal, limit) -> own.put(principal, limit.map(Pace::new)));
        this.others = limits.others().map(Pace::new);
        this.nanos = nanos;
        this.waiting = waiting;
    }

    /// @param setting Mesos' JSON, or the name of a file that holds it; empty for no limits
    public static CallLimits of(String setting) {
        return new CallLimits(
                LimitReading.read(setting),
                System::nanoTime,
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /// Waits until the call may go on.
    ///
    /// @param call what it is called
    /// @return why it may not, if it may not
    public Optional<String> enter(Optional<Principal> principal, String call)
            throws InterruptedException {
        principal.flatMap(this::traffic).ifPresent(each -> each.received.increment());
        var named = principal.isPresent() ? own.get(principal.get()) : null;
        var pace = named == null ? others : named;
        if (pace.isEmpty()) return Optional.empty();
        return switch (pace.get().enter(nanos.getAsLong(), WAIT_MAX)) {
            case Pace.Place.After(var wait) -> {
                try {
                    if (wait.isPositive()) waiting.spend(wait);
                } finally {
                    pace.get().leave();
                }
                yield Optional.empty();
            }
            case Pace.Place.Full(var capacity) ->
                    Optional.of(
                            "Message %s dropped: capacity(%d) exceeded".formatted(call, capacity));
            case Pace.Place.TooLate(var wait) ->
                    Optional.of(
                            "Message %s dropped: it would wait for %d seconds"
                                    .formatted(call, wait.toSeconds()));
        };
    }

    /// A call that was let in has been answered.
    public void processed(Optional<Principal> principal) {
        principal.flatMap(this::traffic).ifPresent(each -> each.processed.increment());
    }

    private Optional<Traffic> traffic(Principal principal) {
        if (traffic.size() >= COUNTED_MAX && !traffic.containsKey(principal))
            return Optional.empty();
        return Optional.of(traffic.computeIfAbsent(principal, _ -> new Traffic()));
    }

    /// What the principal has sent; empty if it has sent nothing.
    public Optional<Traffic> of(Principal principal) {
        return Optional.ofNullable(traffic.get(principal));
    }
}
