package io.meseta.master.levels;

import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.levels.LiveMasters.LevelsFault;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;

/// Answers what is asked about levels, and has them raised.
final class LevelsDesk {

    static final String ROUTE = "/api/meseta/v1/levels";

    private final LedAnswers door;
    private final RollCall call;

    LevelsDesk(LedAnswers door, RollCall call) {
        this.door = door;
        this.call = call;
    }

    ResponseEntity<Object> show() {
        return answer(
                "",
                leading ->
                        ResponseEntity.ok(
                                LevelsRecord.of(
                                        call.standing(leading), call.rule(), call.self().id())));
    }

    ResponseEntity<Object> raise(int number) {
        if (number < 1)
            return new Problem(ProblemType.MALFORMED, "Levels begin with 1.").anyAnswer();
        return answer("/raise", leading -> raise(leading, new FeatureLevel(number)));
    }

    private ResponseEntity<Object> raise(Role.Leading leading, FeatureLevel level) {
        var standing = call.standing(leading);
        var unable = standing.unable(level);
        boolean isActive = standing.active().covers(level);
        if (!isActive && (standing.masters().isEmpty() || !unable.isEmpty()))
            return new Problem(ProblemType.CONFLICT, unable(level, unable)).anyAnswer();
        try {
            if (isActive || RollCall.raise(leading, level))
                return ResponseEntity.noContent().build();
            return LedAnswers.unavailable("This master does not lead any more.");
        } catch (Unanswered unanswered) {
            return LedAnswers.unavailable("There is no answer: " + unanswered.getMessage() + ".");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return LedAnswers.unavailable("This master is stopping.");
        }
    }

    private static String unable(FeatureLevel level, List<LiveMaster> unable) {
        if (unable.isEmpty()) return "There are too many masters to know what all can read.";
        return unable.stream()
                .map(each ->
                        "%s (build %s, levels %s to %s)"
                                .formatted(
                                        each.address().authority(),
                                        each.build(),
                                        each.levels().oldest(),
                                        each.levels().newest()))
                .collect(
                        Collectors.joining(
                                ", ",
                                "Level %s can't be read by ".formatted(level),
                                ": replace them by a build that can, or stop them."));
    }

    private ResponseEntity<Object> answer(
            String below, Function<Role.Leading, ResponseEntity<Object>> answer) {
        return door.answer(
                LedAnswers.Target.at(ROUTE + below),
                leading -> {
                    try {
                        return answer.apply(leading);
                    } catch (LevelsFault fault) {
                        return LedAnswers.unavailable("The database does not answer.");
                    }
                });
    }
}
