package io.meseta.master.roles;

import io.meseta.authorization.Action;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.rights.Rights;
import io.meseta.mesos.v1.WeightInfo;
import io.meseta.mesos.v1.quota.QuotaConfig;
import io.meseta.platform.identity.Caller;
import java.util.List;

/// What operators have set for roles, as far as the caller may see it.
public final class RoleFacts {

    private RoleFacts() {}

    public static List<WeightInfo> weights(Cluster cluster, Rights rights, Caller caller) {
        return RoleViews.weights(cluster, rights.roles(caller, Action.VIEW_ROLE));
    }

    public static List<QuotaConfig> quotas(Cluster cluster, Rights rights, Caller caller) {
        return RoleViews.quotas(cluster, rights.roles(caller, Action.GET_QUOTA)).getConfigsList();
    }
}
