package io.meseta.master.tasks;

import io.meseta.master.rights.Rights;
import io.meseta.authorization.Verdict;
import io.meseta.platform.access.Denials;
import io.meseta.platform.identity.Caller;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.task.Task;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.wire.WireIds;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// Puts what our own REST is asked to the writer, and its answers into HTTP.
final class TasksDesk {

    private static final String ROUTE = "/api/meseta/v1/tasks";

    private final Leadership leadership;
    private final Rights rights;

    TasksDesk(Leadership leadership, Rights rights) {
        this.leadership = leadership;
        this.rights = rights;
    }

    ResponseEntity<ProblemDetail> kill(Caller caller, String framework, String task) {
        var path = ROUTE + "/" + framework + "/" + task + ":kill";
        return led(path, writer -> kill(writer, caller, framework, task));
    }

    ResponseEntity<?> list(Caller caller, int limit, String after) {
        return this.<Object>led(ROUTE, writer -> page(writer, caller, limit, after));
    }

    /// The answer of the leading master, or where to look for one.
    private <T> ResponseEntity<T> led(
            String path, Function<ClusterWriter, ResponseEntity<T>> answer) {
        return switch (leadership.role()) {
            case Role.Leading(_, _, _, var writer) -> answer.apply(writer);
            case Role.Following(var leader) ->
                    ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                            .location(
                                    URI.create("//" + leader.host() + ":" + leader.port())
                                            .resolve(encoded(path)))
                            .build();
            case Role.Recovering _, Role.Leaderless _ ->
                    unavailable("No master leads at the moment.");
        };
    }

    private static URI encoded(String path) {
        return org.springframework.web.util.UriComponentsBuilder.fromPath(path)
                .build()
                .encode()
                .toUri();
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
                        unavailable("This master does not lead any more.");
                case Decision.Refused _ -> unknown(framework, task);
            };
        } catch (Unanswered unanswered) {
            return unavailable("There is no answer: " + unanswered.getMessage() + ".");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return unavailable("This master is stopping.");
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

    @SuppressWarnings("unchecked") // a body that is not there is of any type
    private static <T> ResponseEntity<T> unavailable(String detail) {
        var problem = new Problem(ProblemType.UNAVAILABLE, detail).answer();
        var headers = new HttpHeaders(problem.getHeaders());
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return (ResponseEntity<T>)
                new ResponseEntity<>(problem.getBody(), headers, problem.getStatusCode());
    }

    private ResponseEntity<Object> page(
            ClusterWriter writer, Caller caller, int limit, String after) {
        var cluster = writer.view().cluster();
        var view = rights.view(caller, cluster);
        var page =
                cluster.tasks()
                        .all()
                        .dropWhile(task -> !isAfter(task, after))
                        .filter(view::sees)
                        .limit(limit + 1L)
                        .toList();
        boolean isLast = page.size() <= limit;
        var shown = isLast ? page : page.subList(0, limit);
        var next = isLast ? Optional.<Task>empty() : Optional.of(shown.getLast());
        return ResponseEntity.ok(
                new TasksResponse(
                        shown.stream().map(TaskResponse::of).toList(),
                        next.map(task -> task.key().toString()).orElse("")));
    }

    /// Ids hold no slash, so the first one parts the framework's from the task's.
    private static boolean isAfter(Task task, String place) {
        if (place.isEmpty()) return true;
        int slash = place.indexOf('/');
        var framework = slash < 0 ? place : place.substring(0, slash);
        var id = slash < 0 ? "" : place.substring(slash + 1);
        int order = task.key().framework().value().compareTo(framework);
        return order > 0 || (order == 0 && task.key().task().value().compareTo(id) > 0);
    }
}
