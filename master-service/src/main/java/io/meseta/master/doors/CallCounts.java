package io.meseta.master.doors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often each call was made, and how it was answered.
///
/// A call's name comes from an enumeration, never from what was sent, so there are only so many.
public final class CallCounts {

    private final MeterRegistry meters;
    private final Map<Call, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<Answered, Counter> counters = new ConcurrentHashMap<>();

    private record Call(String api, String name) {}

    private record Answered(Call call, int status) {}

    public CallCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    public void count(String api, Enum<?> name, int status) {
        var call = new Call(api, name.name());
        counts.computeIfAbsent(call, _ -> new LongAdder()).increment();
        counters.computeIfAbsent(new Answered(call, status), this::counter).increment();
    }

    /// Looking one up among all meters takes longer than most of a call.
    private Counter counter(Answered answered) {
        return meters.counter(
                "meseta.master.calls",
                "api",
                answered.call().api(),
                "call",
                answered.call().name().toLowerCase(Locale.ROOT),
                "status",
                Integer.toString(answered.status()));
    }

    /// How often a call was made since this process started, however it was answered.
    public long of(String api, Enum<?> call) {
        var count = counts.get(new Call(api, call.name()));
        return count == null ? 0 : count.sum();
    }
}
