package io.meseta.agent.core.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The difference between what should be and what is, as steps.
public final class Steps {

    private Steps() {}

    /// The steps that lead from `observed` to `desired`: in the order of `desired`, then what
    /// nobody desires, by key. Asked for after every change, so it costs little where there is no
    /// step.
    ///
    /// A task that nobody desires is treated as [Desired#ABSENT]: nothing runs here that the core
    /// does not know.
    public static List<Step> between(
            SequencedMap<Subject, Desired> desired, Map<Subject, Observed> observed) {
        var steps = new ArrayList<Step>();
        desired.forEach((key, wish) ->
                step(key, wish, observed.getOrDefault(key, Observed.NOTHING))
                        .ifPresent(steps::add));
        observed.entrySet().stream()
                .filter(seen -> !desired.containsKey(seen.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(seen -> step(seen.getKey(), Desired.ABSENT, seen.getValue()))
                .flatMap(Optional::stream)
                .forEach(steps::add);
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
