package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;

import io.meseta.master.core.cluster.ClusterEvent.FeatureLevelRaised;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.journal.v1.FeatureLevelRaisedRow;

/// Feature levels. The first is never written: journals had it before there was a word for it.
final class LevelRows {

    private static final int UNSAID = 0;

    private LevelRows() {}

    static FeatureLevelRaisedRow of(FeatureLevelRaised event) {
        return FeatureLevelRaisedRow.newBuilder()
                .setLevel(event.level().number())
                .setAt(PlainRows.row(event.at()))
                .build();
    }

    static FeatureLevelRaised toEvent(FeatureLevelRaisedRow row) {
        known(row);
        require(row.hasAt(), "the time of a feature level");
        return new FeatureLevelRaised(
                new FeatureLevel(row.getLevel()), PlainRows.toInstant(row.getAt()));
    }

    static int of(FeatureLevel level) {
        return level.equals(FeatureLevel.FIRST) ? UNSAID : level.number();
    }

    static FeatureLevel toLevel(int number) {
        return number == UNSAID ? FeatureLevel.FIRST : new FeatureLevel(number);
    }
}
