package io.meseta.master.history;

import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.engine.ClusterWriter.View;
import io.meseta.master.history.HistoryReading.PastFramework;
import io.meseta.master.history.HistoryReading.PastTask;
import io.meseta.master.history.Merged.Placed;
import io.meseta.master.records.RecordWriting;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.Visibility;
import io.meseta.model.FrameworkId;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Answers from the history and the present together, at one sequence number: what lives is taken
/// from one state, and of the tables, which must be that far, what had ended by then.
final class HistoryDesk {

    private static final String COMPLETED = "completed";

    /// The pool has few connections, and others need them more.
    private static final int READERS_MAX = 2;

    private static final Duration TURN_MAX = Duration.ofSeconds(2);
    private static final Duration BEHIND_MAX = Duration.ofSeconds(3);

    /// How many launches under one name are shown.
    private static final int LAUNCHES_MAX = 100;

    private final Projection projection;
    private final HistoryReading reading;
    private final Semaphore readers = new Semaphore(READERS_MAX);

    /// There is no answer at the moment.
    static final class Busy extends Exception {

        private static final long serialVersionUID = 1L;

        Busy(String message) {
            super(message);
        }
    }

    private interface Question<T> {
        T ask();
    }

    HistoryDesk(Projection projection, HistoryReading reading) {
        this.projection = projection;
        this.reading = reading;
    }

    Merged<HistoryTask> tasks(View view, Visibility visibility, Asked asked)
            throws Busy, InterruptedException {
        var now = new ClusterView(view.cluster(), visibility);
        return turn(
                view,
                () ->
                        Merged.of(
                                asked,
                                living(now, asked),
                                (from, rowsMax) -> reading.tasks(from, view.sequence(), rowsMax),
                                PastTask::place,
                                past -> shown(past, now)));
    }

    Merged<HistoryFramework> frameworks(View view, Visibility visibility, Asked asked)
            throws Busy, InterruptedException {
        var now = new ClusterView(view.cluster(), visibility);
        var state = asked.filter().state();
        boolean isPastWanted = state.isEmpty() || state.get().equals(COMPLETED);
        return turn(
                view,
                () ->
                        Merged.<HistoryFramework, PastFramework>of(
                                asked,
                                livingFrameworks(now, asked),
                                (from, rowsMax) ->
                                        isPastWanted
                                                ? reading.frameworks(from, view.sequence(), rowsMax)
                                                : List.of(),
                                PastFramework::place,
                                past ->
                                        visibility.shows(past.framework())
                                                ? Optional.of(
                                                        framework(
                                                                past.framework(),
                                                                Optional.of(
                                                                        past.endedAt().toString())))
                                                : Optional.empty()));
    }

    /// All launches under one name, the newest first; none if there are none that are shown.
    List<HistoryTask> launches(View view, Visibility visibility, String framework, String task)
            throws Busy, InterruptedException {
        var now = new ClusterView(view.cluster(), visibility);
        return turn(
                view,
                () -> {
                    var all = new ArrayList<HistoryTask>();
                    view.cluster().tasks().of(new FrameworkId(framework)).stream()
                            .filter(each -> each.key().task().value().equals(task))
                            .filter(now::shows)
                            .forEach(each -> all.add(task(each, now, Optional.empty())));
                    for (var past : reading.tasks(framework, task, view.sequence(), LAUNCHES_MAX))
                        shown(past, now).ifPresent(all::add);
                    return all;
                });
    }

    private <T> T turn(View view, Question<T> question) throws Busy, InterruptedException {
        if (!projection.await(view.sequence(), BEHIND_MAX))
            throw new Busy("The history is not as far as the cluster yet.");
        if (!readers.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS))
            throw new Busy("Too many read the history.");
        try {
            return question.ask();
        } catch (HistoryFault _) {
            throw new Busy("The history can't be read, or what was asked takes too long.");
        } finally {
            readers.release();
        }
    }

    private static List<Placed<HistoryTask>> living(ClusterView now, Asked asked) {
        var filter = asked.filter();
        return now.tasks()
                .filter(task -> isSaid(filter.framework(), task.key().framework().value()))
                .filter(task -> isSaid(filter.role(), task.spec().role().name()))
                .filter(task -> isSaid(filter.agent(), task.agent().value()))
                .filter(task -> isSaid(filter.state(), task.state().name()))
                .filter(task -> isSaid(filter.name(), task.spec().name()))
                .filter(task -> asked.span().has(task.placement().at(), Optional.empty()))
                .map(task -> new Placed<>(place(task), task))
                .filter(placed -> asked.isAhead(placed.place()))
                .sorted((one, other) -> asked.order().compare(one.place(), other.place()))
                .limit(asked.limit() + 1L)
                .map(placed ->
                        new Placed<>(placed.place(), task(placed.value(), now, Optional.empty())))
                .toList();
    }

    private static List<Placed<HistoryFramework>> livingFrameworks(ClusterView now, Asked asked) {
        var filter = asked.filter();
        return now.frameworks()
                .filter(each -> isSaid(filter.framework(), each.id().value()))
                .filter(each -> isSaid(filter.name(), each.profile().name()))
                .filter(each -> isSaid(filter.state(), state(each)))
                .filter(each ->
                        filter.role().isEmpty()
                                || each.profile().roles().stream()
                                        .anyMatch(role -> isSaid(filter.role(), role.name())))
                .filter(each -> asked.span().has(each.registeredAt(), Optional.empty()))
                .map(each ->
                        new Placed<>(
                                new Place(each.registeredAt(), each.id().value(), "", 0),
                                framework(each, Optional.empty())))
                .filter(placed -> asked.isAhead(placed.place()))
                .toList();
    }

    private static boolean isSaid(Optional<String> wanted, String is) {
        return wanted.isEmpty() || wanted.get().equals(is);
    }

    private static Place place(Task task) {
        return new Place(
                task.placement().at(),
                task.key().framework().value(),
                task.key().task().value(),
                task.placement().order());
    }

    private static Optional<HistoryTask> shown(PastTask past, ClusterView now) {
        var owner = now.cluster().framework(past.task().key().framework()).or(past::owner);
        return now.visibility().shows(past.task(), owner)
                ? Optional.of(task(past.task(), now, Optional.of(past.endedAt().toString())))
                : Optional.empty();
    }

    private static HistoryTask task(Task task, ClusterView now, Optional<String> endedAt) {
        return new HistoryTask(
                RecordWriting.task(task, now.cluster()), task.placement().at().toString(), endedAt);
    }

    private static HistoryFramework framework(Framework framework, Optional<String> endedAt) {
        var profile = framework.profile();
        return new HistoryFramework(
                framework.id().value(),
                profile.name(),
                profile.identity().user(),
                profile.identity().principal().map(Principal::name).orElse(""),
                profile.roles().stream().map(Role::name).toList(),
                endedAt.isPresent() ? COMPLETED : state(framework),
                framework.registeredAt().toString(),
                endedAt);
    }

    private static String state(Framework framework) {
        return framework.isConnected() ? "active" : "disconnected";
    }
}
