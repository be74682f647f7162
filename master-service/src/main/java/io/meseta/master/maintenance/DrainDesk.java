package io.meseta.master.maintenance;

import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.upkeep.UpkeepRefusal;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.WireIds;
import io.meseta.model.AgentId;
import io.meseta.platform.access.Denials;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// Puts what our own REST is asked about agents to the writer, and its answers into HTTP.
final class DrainDesk {

    private static final String ROUTE = "/api/meseta/v1/agents";

    private final LedAnswers door;
    private final Rights rights;

    DrainDesk(LedAnswers door, Rights rights) {
        this.door = door;
        this.rights = rights;
    }

    ResponseEntity<ProblemDetail> cancel(Caller caller, String agent) {
        return door.answer(
                LedAnswers.Target.at(ROUTE + "/" + agent + ":cancel-drain"),
                leading -> cancel(leading.writer(), caller, agent));
    }

    private ResponseEntity<ProblemDetail> cancel(
            ClusterWriter writer, Caller caller, String agent) {
        var id = WireIds.find(agent, AgentId::new);
        if (id.isEmpty()) return unknown(agent);
        var known = writer.view().cluster().agent(id.get());
        if (rights.upkeep(caller, Action.REACTIVATE_AGENT, id.get(), known)
                instanceof Verdict.Denied denied) return Denials.problem(denied).answer();
        var command = new Command.KeepUp(new UpkeepWish.CancelDrain(id.get()));
        try {
            return switch (writer.submit(Lane.CLIENTS, command)) {
                case Decision.Accepted _ -> ResponseEntity.accepted().build();
                case Decision.Refused(Refusal.OfUpkeep(UpkeepRefusal.NotDraining _)) ->
                        new Problem(
                                        ProblemType.CONFLICT,
                                        "Agent '%s' is not being drained.".formatted(agent))
                                .answer();
                case Decision.Refused(Refusal.OfUpkeep _) -> unknown(agent);
                case Decision.Refused _ ->
                        LedAnswers.unavailable("This master does not lead any more.");
            };
        } catch (Unanswered unanswered) {
            return LedAnswers.unavailable("There is no answer: " + unanswered.getMessage() + ".");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return LedAnswers.unavailable("This master is stopping.");
        }
    }

    private static ResponseEntity<ProblemDetail> unknown(String agent) {
        return new Problem(ProblemType.NOT_FOUND, "There is no agent '%s'.".formatted(agent))
                .answer();
    }
}
