package io.meseta.master.preemptions;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.core.task.Preemption;
import io.meseta.master.core.task.Task;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.views.Visibility;
import io.meseta.model.FrameworkId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;

/// Finds the tasks that have had to end for others, the newest first.
final class PreemptionsDesk {

    static final String ROUTE = "/api/meseta/v1/preemptions";

    /// Each walks over all tasks: more at once would take the cores from the writer.
    private static final int AT_ONCE_MAX = 2;

    private final LedAnswers door;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    PreemptionsDesk(LedAnswers door) {
        this.door = door;
    }

    private record Found(Task task, Preemption why) {

        /// In the order of time, and of one time in some order.
        String place() {
            var at = why.at();
            return "%012d%09d/%s/%s"
                    .formatted(
                            at.getEpochSecond(),
                            at.getNano(),
                            task.key().framework(),
                            task.key().task());
        }
    }

    ResponseEntity<Object> list(
            LedAnswers.Target target, Visibility visibility, int limit, String after) {
        return door.answer(
                target,
                leading -> {
                    if (!places.tryAcquire())
                        return LedAnswers.unavailable("Too many others ask for preemptions.");
                    try {
                        var cluster = leading.writer().view().cluster();
                        return ResponseEntity.ok(page(cluster, visibility, limit, after));
                    } finally {
                        places.release();
                    }
                });
    }

    private static PreemptionRecord.Page page(
            Cluster cluster, Visibility visibility, int limit, String after) {
        var live = cluster.tasks().all();
        var ended =
                cluster.completed().tasks().values().stream()
                        .flatMap(Collection::stream)
                        .map(CompletedTask::task);
        var found =
                Stream.concat(live, ended)
                        .flatMap(
                                task -> task.preemption().map(why -> new Found(task, why)).stream())
                        .filter(each -> after.isEmpty() || each.place().compareTo(after) < 0)
                        .filter(each ->
                                visibility.shows(
                                        each.task(), owner(cluster, each.task().key().framework())))
                        .sorted(Comparator.comparing(Found::place).reversed())
                        .limit(limit + 1L)
                        .toList();
        boolean isLast = found.size() <= limit;
        var shown = isLast ? found : found.subList(0, limit);
        return new PreemptionRecord.Page(
                shown.stream().map(each -> record(each, cluster, visibility)).toList(),
                isLast ? "" : shown.getLast().place());
    }

    private static Optional<Framework> owner(Cluster cluster, FrameworkId id) {
        return cluster.framework(id)
                .or(() ->
                        cluster.completed().frameworks().stream()
                                .map(ended -> ended.framework())
                                .filter(each -> each.id().equals(id))
                                .findFirst());
    }

    private static PreemptionRecord record(Found found, Cluster cluster, Visibility visibility) {
        var task = found.task();
        var why = found.why();
        var framework =
                why.framework()
                        .filter(id -> owner(cluster, id).filter(visibility::shows).isPresent());
        return new PreemptionRecord(
                task.key().framework().value(),
                task.key().task().value(),
                task.spec().role().name(),
                task.agent().value(),
                why.own().value(),
                why.at().toString(),
                task.state().name(),
                why.cause().name(),
                new PreemptionRecord.Beneficiary(
                        visibility.shows(why.role()) ? why.role().name() : "",
                        framework.map(FrameworkId::value).orElse(""),
                        why.priority().value()));
    }
}
