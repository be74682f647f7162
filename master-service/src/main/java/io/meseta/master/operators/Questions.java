package io.meseta.master.operators;

import io.meseta.authorization.Verdict;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.Sight;
import io.meseta.master.maintenance.MaintenanceAnswers;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RoleCalls;
import io.meseta.master.self.OwnCalls;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// Answers the calls that ask and change nothing: from what the leader knows, or from what this
/// master knows while another leads.
final class Questions {

    /// Those that are answered here. Who leads and since when, only the leader says.
    private static final Set<Call.Type> ALL =
            EnumSet.of(
                    Call.Type.GET_HEALTH,
                    Call.Type.GET_VERSION,
                    Call.Type.GET_FLAGS,
                    Call.Type.GET_METRICS,
                    Call.Type.GET_LOGGING_LEVEL,
                    Call.Type.LIST_FILES,
                    Call.Type.READ_FILE,
                    Call.Type.GET_STATE,
                    Call.Type.GET_AGENTS,
                    Call.Type.GET_TASKS,
                    Call.Type.GET_FRAMEWORKS,
                    Call.Type.GET_EXECUTORS,
                    Call.Type.GET_OPERATIONS,
                    Call.Type.GET_ROLES,
                    Call.Type.GET_WEIGHTS,
                    Call.Type.GET_QUOTA,
                    Call.Type.GET_MAINTENANCE_STATUS,
                    Call.Type.GET_MAINTENANCE_SCHEDULE);

    private final Showing showing;
    private final Facts facts;
    private final OwnCalls own;
    private final RoleCalls roles;
    private final Rights rights;

    Questions(Sources sources, Rights rights) {
        this.showing = sources.showing();
        this.facts = sources.facts();
        this.own = sources.own();
        this.roles = sources.roles();
        this.rights = rights;
    }

    static boolean isOne(Call.Type type) {
        return ALL.contains(type);
    }

    /// @param sight from where; what is asked of this master itself needs none
    /// @param call one of [#isOne]
    void answer(Exchange exchange, Sight sight, Call call, Format format) throws IOException {
        switch (call.getType()) {
            case GET_HEALTH -> answer(exchange, format, facts.health());
            case GET_VERSION -> answer(exchange, format, facts.version());
            case GET_FLAGS -> {
                switch (rights.viewFlags(exchange.caller())) {
                    case Verdict.Allowed _ -> answer(exchange, format, facts.flags());
                    case Verdict.Denied denied -> exchange.forbidden(denied);
                }
            }
            case GET_METRICS -> answer(exchange, format, facts.metrics());
            case GET_LOGGING_LEVEL -> own.level(exchange, format);
            case LIST_FILES -> own.list(exchange, format, call.getListFiles());
            case READ_FILE -> own.read(exchange, format, call.getReadFile());
            case GET_OPERATIONS ->
                    answer(
                            exchange,
                            format,
                            OperationsAnswer.of(
                                    sight.newest().get(), rights.visibility(exchange.caller())));
            case GET_ROLES, GET_WEIGHTS, GET_QUOTA -> roles.answer(exchange, sight, call, format);
            case GET_MAINTENANCE_STATUS ->
                    answer(exchange, format, maintenance(exchange, sight).statusResponse());
            case GET_MAINTENANCE_SCHEDULE ->
                    answer(exchange, format, maintenance(exchange, sight).scheduleResponse());
            default -> showing.answer(exchange, sight, call.getType(), format);
        }
    }

    private MaintenanceAnswers maintenance(Exchange exchange, Sight sight) {
        return new MaintenanceAnswers(exchange, rights, sight.newest().get());
    }

    private static void answer(Exchange exchange, Format format, Response.Builder response)
            throws IOException {
        exchange.bytes(format.mediaType(), format.write(response.build()));
    }
}
