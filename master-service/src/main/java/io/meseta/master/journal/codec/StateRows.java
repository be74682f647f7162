package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.toDuration;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.master.core.cluster.Completed;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.Reign;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.journal.v1.CompletedTaskRow;
import io.meseta.master.journal.v1.EndedFrameworkRow;
import io.meseta.master.journal.v1.ReignRow;
import io.meseta.master.journal.v1.TermsRow;
import io.meseta.model.MasterId;
import java.time.Duration;
import java.util.Optional;

/// What concerns the cluster as a whole: the reign with its terms, and what has ended.
final class StateRows {

    private StateRows() {}

    static ReignRow of(Reign reign) {
        return ReignRow.newBuilder()
                .setEpoch(reign.epoch().number())
                .setMaster(reign.master().value())
                .setSince(PlainRows.row(reign.since()))
                .setFrameworks(reign.frameworks())
                .setAgents(reign.agents())
                .setTerms(of(reign.terms()))
                .build();
    }

    static Reign toReign(ReignRow row) {
        known(row);
        require(row.hasSince() && row.hasTerms(), "a reign's begin or terms");
        return new Reign(
                new Epoch(row.getEpoch()),
                new MasterId(row.getMaster()),
                toInstant(row.getSince()),
                toTerms(row.getTerms()),
                row.getFrameworks(),
                row.getAgents(),
                0,
                FeatureLevel.FIRST);
    }

    static TermsRow of(Terms terms) {
        var row =
                TermsRow.newBuilder()
                        .setAgentSilenceMax(PlainRows.row(terms.agentSilenceMax()))
                        .setAgentGrace(PlainRows.row(terms.agentGrace()))
                        .setFrameworkGrace(PlainRows.row(terms.frameworkGrace()));
        terms.region().ifPresent(row::setRegion);
        if (!terms.lossPause().isZero()) row.setLossPause(PlainRows.row(terms.lossPause()));
        if (!terms.offers().equals(OfferTerms.NONE))
            row.setOffers(OfferTermsRows.of(terms.offers()));
        return row.build();
    }

    static Terms toTerms(TermsRow row) {
        known(row);
        require(row.hasAgentSilenceMax(), "how long agents may be silent");
        require(row.hasAgentGrace() && row.hasFrameworkGrace(), "a grace");
        return new Terms(
                toDuration(row.getAgentSilenceMax()),
                toDuration(row.getAgentGrace()),
                toDuration(row.getFrameworkGrace()),
                row.hasRegion() ? Optional.of(row.getRegion()) : Optional.empty(),
                row.hasLossPause() ? toDuration(row.getLossPause()) : Duration.ZERO,
                row.hasOffers() ? OfferTermsRows.toTerms(row.getOffers()) : OfferTerms.NONE);
    }

    static EndedFrameworkRow of(Completed.Ended ended) {
        return EndedFrameworkRow.newBuilder()
                .setFramework(FrameworkRows.of(ended.framework()))
                .setAt(PlainRows.row(ended.at()))
                .build();
    }

    static Completed.Ended toEnded(EndedFrameworkRow row) {
        known(row);
        require(row.hasFramework() && row.hasAt(), "a part of an ended framework");
        return new Completed.Ended(
                FrameworkRows.toFramework(row.getFramework()), toInstant(row.getAt()));
    }

    static CompletedTaskRow of(CompletedTask completed) {
        return CompletedTaskRow.newBuilder()
                .setTask(TaskRows.of(completed.task()))
                .setAt(PlainRows.row(completed.completedAt()))
                .build();
    }

    static CompletedTask toCompleted(CompletedTaskRow row) {
        known(row);
        require(row.hasTask() && row.hasAt(), "a part of a completed task");
        return new CompletedTask(TaskRows.toTask(row.getTask()), toInstant(row.getAt()));
    }
}
