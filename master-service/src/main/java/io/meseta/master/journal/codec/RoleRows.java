package io.meseta.master.journal.codec;

import static io.meseta.master.journal.codec.PlainRows.known;
import static io.meseta.master.journal.codec.PlainRows.require;
import static io.meseta.master.journal.codec.PlainRows.toInstant;

import io.meseta.master.core.role.RoleEvent;
import io.meseta.master.core.role.RoleEvent.QuotaRemoved;
import io.meseta.master.core.role.RoleEvent.QuotasUpdated;
import io.meseta.master.core.role.RoleEvent.WeightsUpdated;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.QuantityRow;
import io.meseta.master.journal.v1.QuotaRemovedRow;
import io.meseta.master.journal.v1.QuotaRow;
import io.meseta.master.journal.v1.QuotasUpdatedRow;
import io.meseta.master.journal.v1.WeightRow;
import io.meseta.master.journal.v1.WeightsUpdatedRow;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Weights and quotas.
final class RoleRows {

    private RoleRows() {}

    static EventRow of(RoleEvent event) {
        var row = EventRow.newBuilder();
        switch (event) {
            case WeightsUpdated(var weights, var at) -> {
                var updated = WeightsUpdatedRow.newBuilder().setAt(PlainRows.row(at));
                weights.forEach((role, weight) -> updated.addWeights(of(role, weight)));
                row.setWeightsUpdated(updated);
            }
            case QuotasUpdated(var quotas, var at) -> {
                var updated = QuotasUpdatedRow.newBuilder().setAt(PlainRows.row(at));
                quotas.forEach((role, quota) -> updated.addQuotas(of(role, quota)));
                row.setQuotasUpdated(updated);
            }
            case QuotaRemoved(var role, var at) ->
                    row.setQuotaRemoved(
                            QuotaRemovedRow.newBuilder()
                                    .setRole(role.name())
                                    .setAt(PlainRows.row(at)));
            case RoleEvent.SharingSet set -> row.setSharingSet(SharingRows.of(set));
            case RoleEvent.SharingRemoved removed -> row.setSharingRemoved(SharingRows.of(removed));
        }
        return row.build();
    }

    static WeightsUpdated toEvent(WeightsUpdatedRow row) {
        known(row);
        require(row.hasAt(), "the time of new weights");
        var weights = new TreeMap<Role, Weight>();
        for (var each : row.getWeightsList()) addWeight(each, weights);
        return new WeightsUpdated(weights, toInstant(row.getAt()));
    }

    static QuotasUpdated toEvent(QuotasUpdatedRow row) {
        known(row);
        require(row.hasAt(), "the time of new quotas");
        var quotas = new TreeMap<Role, Quota>();
        for (var each : row.getQuotasList()) addQuota(each, quotas);
        return new QuotasUpdated(quotas, toInstant(row.getAt()));
    }

    static QuotaRemoved toEvent(QuotaRemovedRow row) {
        known(row);
        require(row.hasAt(), "the time of a quota's removal");
        return new QuotaRemoved(new Role(row.getRole()), toInstant(row.getAt()));
    }

    static WeightRow of(Role role, Weight weight) {
        return WeightRow.newBuilder().setRole(role.name()).setWeight(weight.value()).build();
    }

    static void addWeight(WeightRow row, SortedMap<Role, Weight> weights) {
        known(row);
        weights.put(new Role(row.getRole()), new Weight(row.getWeight()));
    }

    static QuotaRow of(Role role, Quota quota) {
        return QuotaRow.newBuilder()
                .setRole(role.name())
                .addAllGuarantees(of(quota.guarantees().byName()))
                .addAllLimits(of(quota.limits().amounts()))
                .build();
    }

    static void addQuota(QuotaRow row, SortedMap<Role, Quota> quotas) {
        known(row);
        var limits = new Limits(toAmounts(row.getLimitsList()));
        var guarantees = Quantities.of(toAmounts(row.getGuaranteesList()));
        quotas.put(new Role(row.getRole()), new Quota(guarantees, limits));
    }

    private static List<QuantityRow> of(SortedMap<String, Long> amounts) {
        return amounts.entrySet().stream()
                .map(each ->
                        QuantityRow.newBuilder()
                                .setName(each.getKey())
                                .setThousandths(each.getValue())
                                .build())
                .toList();
    }

    private static SortedMap<String, Long> toAmounts(List<QuantityRow> rows) {
        var amounts = new TreeMap<String, Long>();
        for (var row : rows) amounts.put(known(row).getName(), row.getThousandths());
        return amounts;
    }
}
