package io.meseta.master.roles;

import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.Complaints.Wish;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.WeightInfo;
import io.meseta.mesos.v1.quota.QuotaConfig;
import io.meseta.mesos.v1.quota.QuotaRequest;
import io.meseta.model.Role;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// Gives roles weights and quotas, if the caller may.
///
/// A wish that makes no sense by itself is refused before anyone is asked whether the caller may
/// wish it; what depends on the cluster is told to nobody who may not.
final class RoleChanges {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final Rights rights;
    private final RolesProperties properties;

    RoleChanges(Rights rights, RolesProperties properties) {
        this.rights = rights;
        this.properties = properties;
    }

    void updateWeights(Exchange exchange, Leading leading, List<WeightInfo> infos)
            throws IOException {
        try {
            var weights = new WeightReading(properties).weights(infos);
            if (mayNot(exchange, Action.UPDATE_WEIGHT, weights.keySet())) return;
            submit(exchange, leading, new Command.UpdateWeights(weights), Wish.UPDATE);
        } catch (Unacceptable wrong) {
            exchange.text(BAD_REQUEST, wrong.getMessage());
        }
    }

    void updateQuota(
            Exchange exchange, Leading leading, List<QuotaConfig> configs, boolean isForced)
            throws IOException {
        try {
            var quotas = new QuotaReading(properties).configs(configs);
            if (mayNot(exchange, Action.UPDATE_QUOTA_WITH_CONFIG, quotas.keySet())) return;
            submit(exchange, leading, new Command.UpdateQuotas(quotas, isForced), Wish.UPDATE);
        } catch (Unacceptable wrong) {
            exchange.text(BAD_REQUEST, wrong.getMessage());
        }
    }

    void setQuota(Exchange exchange, Leading leading, QuotaRequest request) throws IOException {
        try {
            var guarantees = new QuotaReading(properties).guarantees(request);
            var role = new Role(request.getRole());
            if (mayNot(exchange, Action.UPDATE_QUOTA, List.of(role))) return;
            var command = new Command.SetQuota(role, guarantees, request.getForce());
            submit(exchange, leading, command, Wish.SET);
        } catch (Unacceptable wrong) {
            exchange.text(BAD_REQUEST, wrong.getMessage());
        }
    }

    /// A name that no role can have is the name of a role without quota.
    void removeQuota(Exchange exchange, Leading leading, String name, Wish wish)
            throws IOException {
        if (Role.problem(name).isPresent()) {
            exchange.text(BAD_REQUEST, wish.failed() + "Role '" + name + "' has no quota set");
            return;
        }
        var role = new Role(name);
        if (mayNot(exchange, Action.UPDATE_QUOTA, List.of(role))) return;
        submit(exchange, leading, new Command.RemoveQuota(role), wish);
    }

    /// Whether the caller has been sent away.
    private boolean mayNot(Exchange exchange, Action action, Collection<Role> roles)
            throws IOException {
        for (var role : roles) {
            if (rights.decide(exchange.caller(), action, role) instanceof Verdict.Denied denied) {
                exchange.forbidden(denied);
                return true;
            }
        }
        return false;
    }

    private static void submit(Exchange exchange, Leading leading, Command command, Wish wish)
            throws IOException {
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.CLIENTS, command);
        if (decision.isEmpty()) return;
        switch (decision.get()) {
            case Decision.Accepted _ -> exchange.empty(OK);
            case Decision.Refused(var refusal) -> Complaints.answer(exchange, wish, refusal);
        }
    }
}
