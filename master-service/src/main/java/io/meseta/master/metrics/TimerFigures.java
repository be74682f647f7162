package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How long something takes, in milliseconds, by the names that Mesos has for its timers. What
/// Mesos writes into its registrar, for one, is here an entry of the journal.
final class TimerFigures implements Figures {

    private final MeterRegistry meters;
    private final String timer;
    private final String name;

    /// @param timer the name of one of ours
    /// @param name what Mesos calls it
    TimerFigures(MeterRegistry meters, String timer, String name) {
        this.meters = meters;
        this.timer = timer;
        this.name = name;
    }

    @Override
    public void add(Cluster cluster, Map<String, Double> figures) {
        var found = meters.find(timer).timer();
        if (found == null) return;
        var snapshot = found.takeSnapshot();
        figures.put(name, snapshot.mean(TimeUnit.MILLISECONDS));
        figures.put(name + "/count", (double) snapshot.count());
        figures.put(name + "/max", snapshot.max(TimeUnit.MILLISECONDS));
        for (var each : snapshot.percentileValues())
            figures.put(name + "/p" + digits(each.percentile()), each.value(TimeUnit.MILLISECONDS));
    }

    /// `0.999` is `999`, `0.5` is `50`.
    private static String digits(double percentile) {
        var digits = Double.toString(percentile).substring("0.".length());
        return digits.length() == 1 ? digits + "0" : digits;
    }
}
