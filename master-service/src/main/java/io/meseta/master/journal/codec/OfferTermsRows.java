package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.toDuration;

import io.meseta.allocator.rule.Sorter;
import io.meseta.master.core.gang.Gang;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.journal.v1.OfferTermsRow;
import java.time.Duration;

/// How a leader makes offers and takes them back.
final class OfferTermsRows {

    private OfferTermsRows() {}

    static OfferTermsRow of(OfferTerms terms) {
        var row =
                OfferTermsRow.newBuilder()
                        .setSorter(
                                switch (terms.sorter()) {
                                    case DRF -> OfferTermsRow.Sorter.DRF;
                                    case RANDOM -> OfferTermsRow.Sorter.RANDOM;
                                })
                        .setOutstandingMax(terms.outstandingMax());
        if (!terms.timeout().isZero()) row.setTimeout(PlainRows.row(terms.timeout()));
        if (!terms.gangTimeout().equals(Gang.TIMEOUT))
            row.setGangTimeout(PlainRows.row(terms.gangTimeout()));
        if (!terms.departureHorizon().equals(OfferTerms.DEPARTURE_HORIZON))
            row.setDepartureHorizon(PlainRows.row(terms.departureHorizon()));
        return row.build();
    }

    static OfferTerms toTerms(OfferTermsRow row) {
        known(row);
        var sorter =
                switch (row.getSorter()) {
                    case DRF -> Sorter.DRF;
                    case RANDOM -> Sorter.RANDOM;
                    case UNSPECIFIED, UNRECOGNIZED ->
                            throw new UnknownContent("a sorter is not known");
                };
        var timeout = row.hasTimeout() ? toDuration(row.getTimeout()) : Duration.ZERO;
        var gangTimeout = row.hasGangTimeout() ? toDuration(row.getGangTimeout()) : Gang.TIMEOUT;
        var horizon =
                row.hasDepartureHorizon()
                        ? toDuration(row.getDepartureHorizon())
                        : OfferTerms.DEPARTURE_HORIZON;
        return new OfferTerms(sorter, timeout, row.getOutstandingMax(), gangTimeout, horizon);
    }
}
