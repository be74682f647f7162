package io.meseta.master.doors;

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

    private record Call(String api, String name) {}

    public CallCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    public void count(String api, Enum<?> call, int status) {
        counts.computeIfAbsent(new Call(api, call.name()), _ -> new LongAdder()).increment();
        meters.counter(
                        "meseta.master.calls",
                        "api",
                        api,
                        "call",
                        call.name().toLowerCase(Locale.ROOT),
                        "status",
                        Integer.toString(status))
                .increment();
    }

    /// How often a call was made since this process started, however it was answered.
    public long of(String api, Enum<?> call) {
        var count = counts.get(new Call(api, call.name()));
        return count == null ? 0 : count.sum();
    }
}
