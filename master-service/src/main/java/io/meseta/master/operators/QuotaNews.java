package io.meseta.master.operators;

import io.meseta.master.roles.QuotaWriting;
import io.meseta.model.Role;
import io.meseta.model.quota.Quota;
import io.meseta.wire.events.OperatorEvent;
import io.meseta.wire.events.OperatorEvent.QuotaRemoved;
import io.meseta.wire.events.OperatorEvent.QuotaUpdated;

/// What operators are told of quotas.
final class QuotaNews {

    private QuotaNews() {}

    static OperatorEvent.Builder updated(Role role, Quota quota) {
        return OperatorEvent.newBuilder()
                .setType(OperatorEvent.Type.QUOTA_UPDATED)
                .setQuotaUpdated(
                        QuotaUpdated.newBuilder().setConfig(QuotaWriting.config(role, quota)));
    }

    static OperatorEvent.Builder removed(Role role) {
        return OperatorEvent.newBuilder()
                .setType(OperatorEvent.Type.QUOTA_REMOVED)
                .setQuotaRemoved(QuotaRemoved.newBuilder().setRole(role.name()));
    }
}
