package io.meseta.agent.core.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// The difference between what should be and what is, as steps.
public final class Steps {

    private Steps() {}

    /// The steps that lead from `observed` to `desired`, in the order of the tasks' keys.
    ///
    /// A task that nobody desires is treated as [Desired#ABSENT]: nothing runs here that the core
    /// does not know.
    public static List<Step> between(
            SortedMap<Subject, Desired> desired, SortedMap<Subject, Observed> observed) {
        var keys = new TreeSet<>(desired.keySet());
        keys.addAll(observed.keySet());
        var steps = new ArrayList<Step>();
        for (var key : keys) {
            step(
                            key,
                            desired.getOrDefault(key, Desired.ABSENT),
                            observed.getOrDefault(key, Observed.NOTHING))
                    .ifPresent(steps::add);
        }
        return steps;
    }

    static Optional<Step> step(Subject key, Desired desired, Observed observed) {
        return Optional.ofNullable(
                switch (desired) {
                    case PREPARED ->
                            switch (observed) {
                                case NOTHING -> new Step.Prepare(key);
                                case PREPARING, READY, STARTING, ALIVE, ENDING, GONE -> null;
                            };
                    case STARTED ->
                            switch (observed) {
                                case NOTHING, READY -> new Step.Start(key);
                                case PREPARING, STARTING, ALIVE, ENDING, GONE -> null;
                            };
                    case KEPT ->
                            switch (observed) {
                                case NOTHING, READY -> new Step.ReportAbsent(key);
                                case PREPARING, STARTING, ALIVE, ENDING, GONE -> null;
                            };
                    case TERMINATED ->
                            switch (observed) {
                                case NOTHING, READY -> new Step.ReportAbsent(key);
                                case ALIVE -> new Step.Terminate(key);
                                case PREPARING -> new Step.StopPreparing(key);
                                case STARTING, ENDING, GONE -> null;
                            };
                    case DESTROYED ->
                            switch (observed) {
                                case NOTHING, READY -> new Step.ReportAbsent(key);
                                case ALIVE, ENDING -> new Step.Destroy(key);
                                case PREPARING -> new Step.StopPreparing(key);
                                case STARTING, GONE -> null;
                            };
                    case ABSENT ->
                            switch (observed) {
                                case ALIVE, ENDING -> new Step.Destroy(key);
                                case PREPARING -> new Step.StopPreparing(key);
                                case NOTHING, READY, STARTING, GONE -> null;
                            };
                });
    }
}
