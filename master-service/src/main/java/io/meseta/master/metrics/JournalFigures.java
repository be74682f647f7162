package io.meseta.master.metrics;

import io.meseta.master.core.cluster.Cluster;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How long the journal takes, by the names that Mesos has for its registrar: what is written down
/// there is here an entry of the journal.
final class JournalFigures implements Figures {

    private static final String STORE = "registrar/state_store_ms";

    private final MeterRegistry meters;

    JournalFigures(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void add(Cluster cluster, Map<String, Double> figures) {
        var appends = meters.find("meseta.journal.append").timer();
        if (appends == null) return;
        var snapshot = appends.takeSnapshot();
        figures.put(STORE, snapshot.mean(TimeUnit.MILLISECONDS));
        figures.put(STORE + "/count", (double) snapshot.count());
        figures.put(STORE + "/max", snapshot.max(TimeUnit.MILLISECONDS));
        for (var each : snapshot.percentileValues())
            figures.put(
                    STORE + "/p" + digits(each.percentile()), each.value(TimeUnit.MILLISECONDS));
    }

    /// `0.999` is `999`, `0.5` is `50`.
    private static String digits(double percentile) {
        var digits = Double.toString(percentile).substring("0.".length());
        return digits.length() == 1 ? digits + "0" : digits;
    }
}
