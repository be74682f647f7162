package io.meseta.master.frameworks;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.framework.FrameworkProfile.Identity;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.scheduler.Call;
import java.io.IOException;

/// Answers UPDATE_FRAMEWORK once it is done: unlike other calls it may be refused for what it says.
final class Updating {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final Admission admission;

    Updating(Admission admission) {
        this.admission = admission;
    }

    void answer(
            Exchange exchange, Leading leading, Command.Caller caller, Call.UpdateFramework update)
            throws IOException {
        var cluster = leading.writer().view().cluster();
        var refusal = SchedulerAnswers.standing(cluster, caller);
        if (refusal.isPresent()) {
            SchedulerAnswers.refuse(exchange, refusal.get(), cluster);
            return;
        }
        // An identity never changes, so it does not matter that this is the state of a moment ago.
        var identity = cluster.framework(caller.framework()).orElseThrow().profile().identity();
        var info = Admission.owned(exchange.caller(), update.getFrameworkInfo());
        Command.UpdateFramework command;
        try {
            command = command(caller, identity, info, update);
        } catch (Unacceptable invalid) {
            exchange.text(BAD_REQUEST, invalid.getMessage());
            return;
        }
        var denial = admission.denial(exchange.caller(), command.profile(), info);
        if (denial.isPresent()) exchange.text(FORBIDDEN, denial.get());
        else submit(exchange, leading, command);
    }

    private Command.UpdateFramework command(
            Command.Caller caller,
            Identity identity,
            FrameworkInfo info,
            Call.UpdateFramework update)
            throws Unacceptable {
        var step = "Supplied FrameworkInfo is not valid: ";
        try {
            var profile = admission.profile(info);
            step = "FrameworkInfo update is not valid: ";
            check(identity, profile.identity());
            step = "'UpdateFramework' call is not valid: ";
            return new Command.UpdateFramework(
                    caller,
                    profile,
                    admission.wishes(
                            info, update.getSuppressedRolesList(), update.getOfferConstraints()));
        } catch (Unacceptable invalid) {
            throw invalid.within(step);
        }
    }

    private static void check(Identity before, Identity said) throws Unacceptable {
        if (!before.principal().equals(said.principal()))
            throw new Unacceptable("Changing framework's principal is not allowed.");
        if (!before.user().equals(said.user()))
            throw new Unacceptable(unsupported("user", before.user(), said.user()));
        if (before.checkpoint() != said.checkpoint())
            throw new Unacceptable(
                    unsupported(
                            "checkpoint",
                            Boolean.toString(before.checkpoint()),
                            Boolean.toString(said.checkpoint())));
    }

    private static String unsupported(String field, String before, String said) {
        return "Updating 'FrameworkInfo.%s' is unsupported; attempted to update from '%s' to '%s'"
                .formatted(field, before, said);
    }

    private static void submit(Exchange exchange, Leading leading, Command command)
            throws IOException {
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.CLIENTS, command);
        if (decision.isEmpty()) return;
        switch (decision.get()) {
            case Decision.Accepted _ -> exchange.empty(OK);
            case Decision.Refused(Refusal.UnknownFramework _) ->
                    exchange.text(CONFLICT, "Framework was removed while it was being updated");
            case Decision.Refused(var refusal) ->
                    SchedulerAnswers.refuse(exchange, refusal, leading.writer().view().cluster());
        }
    }
}
