package io.meseta.master.tasks;

import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.WireIds;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.platform.access.Denials;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.util.Optional;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// Puts what our own REST is asked to the writer, and its answers into HTTP.
final class TasksDesk {

    private static final String ROUTE = "/api/meseta/v1/tasks";

    private final LedAnswers door;
    private final Rights rights;

    TasksDesk(LedAnswers door, Rights rights) {
        this.door = door;
        this.rights = rights;
    }

    ResponseEntity<ProblemDetail> kill(Caller caller, String framework, String task) {
        var path = ROUTE + "/" + framework + "/" + task + ":kill";
        return door.answer(
                LedAnswers.Target.at(path),
                leading -> kill(leading.writer(), caller, framework, task));
    }

    private ResponseEntity<ProblemDetail> kill(
            ClusterWriter writer, Caller caller, String framework, String task) {
        var frameworkId = WireIds.find(framework, FrameworkId::new);
        var taskId = WireIds.find(task, TaskId::new);
        if (frameworkId.isEmpty() || taskId.isEmpty()) return unknown(framework, task);
        var key = new TaskKey(frameworkId.get(), taskId.get());
        var denied = denial(writer.view().cluster(), caller, key);
        if (denied.isPresent()) return Denials.problem(denied.get()).answer();
        try {
            return switch (writer.submit(Lane.CLIENTS, new Command.KillTask(key))) {
                case Decision.Accepted _ -> ResponseEntity.accepted().build();
                case Decision.Refused(Refusal.NotLeading _) ->
                        LedAnswers.unavailable("This master does not lead any more.");
                case Decision.Refused _ -> unknown(framework, task);
            };
        } catch (Unanswered unanswered) {
            return LedAnswers.unavailable("There is no answer: " + unanswered.getMessage() + ".");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return LedAnswers.unavailable("This master is stopping.");
        }
    }

    /// A task that is not there is nobody's secret: the writer will say so.
    private Optional<Verdict.Denied> denial(Cluster cluster, Caller caller, TaskKey key) {
        var framework = cluster.framework(key.framework());
        var task = cluster.tasks().find(key);
        if (framework.isEmpty() || task.isEmpty()) return Optional.empty();
        return rights.kill(caller, framework.get(), task.get()) instanceof Verdict.Denied denied
                ? Optional.of(denied)
                : Optional.empty();
    }

    private static ResponseEntity<ProblemDetail> unknown(String framework, String task) {
        return new Problem(
                        ProblemType.NOT_FOUND,
                        "Framework '%s' has no task '%s'.".formatted(framework, task))
                .answer();
    }
}
