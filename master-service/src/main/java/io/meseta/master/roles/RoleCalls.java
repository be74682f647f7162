package io.meseta.master.roles;

import io.meseta.authorization.Action;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.Sight;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rendering.FullAnswers;
import io.meseta.master.rights.Rights;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import java.io.IOException;

/// Answers the calls of operators that are about roles.
public final class RoleCalls {

    private final FullAnswers full;
    private final Rights rights;
    private final RoleViews views;
    private final RoleChanges changes;

    RoleCalls(FullAnswers full, Rights rights, RoleViews views, RoleChanges changes) {
        this.full = full;
        this.rights = rights;
        this.views = views;
        this.changes = changes;
    }

    /// Answers a question, from the leader's state or from an older one.
    ///
    /// @throws IllegalArgumentException if the call is no question, or about something else
    public void answer(Exchange exchange, Sight sight, Call call, Format format)
            throws IOException {
        switch (call.getType()) {
            case GET_ROLES ->
                    full.answer(
                            exchange,
                            sight,
                            Call.Type.GET_ROLES,
                            format,
                            (view, out) -> out.write(format.write(views.roles(view))));
            case GET_WEIGHTS -> weights(exchange, sight, format);
            case GET_QUOTA -> quotas(exchange, sight, format);
            default -> throw new IllegalArgumentException(call.getType() + " asks for no role");
        }
    }

    /// Does what the call wants.
    ///
    /// @throws IllegalArgumentException if the call is about something else
    @SuppressWarnings("deprecation") // deprecated calls are calls
    public void answer(Exchange exchange, Leading leading, Call call, Format format)
            throws IOException {
        switch (call.getType()) {
            case UPDATE_WEIGHTS ->
                    changes.updateWeights(
                            exchange, leading, call.getUpdateWeights().getWeightInfosList());
            case UPDATE_QUOTA ->
                    changes.updateQuota(
                            exchange,
                            leading,
                            call.getUpdateQuota().getQuotaConfigsList(),
                            call.getUpdateQuota().getForce());
            case SET_QUOTA ->
                    changes.setQuota(exchange, leading, call.getSetQuota().getQuotaRequest());
            case REMOVE_QUOTA ->
                    changes.removeQuota(
                            exchange,
                            leading,
                            call.getRemoveQuota().getRole(),
                            Complaints.Wish.REMOVE);
            default -> throw new IllegalArgumentException(call.getType() + " is not about roles");
        }
    }

    /// Without any weight there is nothing but the type, as with Mesos.
    private void weights(Exchange exchange, Sight sight, Format format) throws IOException {
        var seen = rights.roles(exchange.caller(), Action.VIEW_ROLE);
        var weights = RoleViews.weights(sight.newest().get(), seen);
        var response = Response.newBuilder().setType(Response.Type.GET_WEIGHTS);
        if (!weights.isEmpty()) response.getGetWeightsBuilder().addAllWeightInfos(weights);
        exchange.bytes(format.mediaType(), format.write(response.build()));
    }

    private void quotas(Exchange exchange, Sight sight, Format format) throws IOException {
        var seen = rights.roles(exchange.caller(), Action.GET_QUOTA);
        var response = Response.newBuilder().setType(Response.Type.GET_QUOTA);
        response.getGetQuotaBuilder().setStatus(RoleViews.quotas(sight.newest().get(), seen));
        exchange.bytes(format.mediaType(), format.write(response.build()));
    }
}
