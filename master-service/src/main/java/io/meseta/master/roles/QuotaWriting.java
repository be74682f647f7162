package io.meseta.master.roles;

import io.meseta.mesos.v1.quota.QuotaConfig;
import io.meseta.model.Role;
import io.meseta.model.quota.Quota;

/// Writes quotas for those who tell of them elsewhere.
public final class QuotaWriting {

    private QuotaWriting() {}

    public static QuotaConfig config(Role role, Quota quota) {
        return RoleViews.config(role, quota);
    }
}
