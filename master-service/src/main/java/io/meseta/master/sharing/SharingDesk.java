package io.meseta.master.sharing;

import io.meseta.allocator.rule.Sharing;
import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import io.meseta.master.rights.Rights;
import io.meseta.model.Role;
import io.meseta.platform.access.Denials;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;

/// Puts what our own REST is asked about sharing to the writer, and its answers into HTTP.
final class SharingDesk {

    static final String ROUTE = "/api/meseta/v1/sharing";

    private final LedAnswers door;
    private final Rights rights;

    SharingDesk(LedAnswers door, Rights rights) {
        this.door = door;
        this.rights = rights;
    }

    /// Those that the caller may see, in the order of names.
    ResponseEntity<Object> list(LedAnswers.Target target, Caller caller, int limit, String after) {
        return door.answer(
                target,
                leading -> {
                    var mayBeSeen = rights.roles(caller, Action.GET_QUOTA);
                    var shown = new ArrayList<SharingRecord>();
                    var all = leading.writer().view().cluster().roles().sharings();
                    for (var each : all.entrySet()) {
                        if (each.getKey().name().compareTo(after) <= 0) continue;
                        if (shown.size() > limit) break;
                        if (mayBeSeen.test(each.getKey()))
                            shown.add(SharingRecord.of(each.getKey(), each.getValue()));
                    }
                    return ResponseEntity.ok(page(shown, limit));
                });
    }

    private static SharingRecord.Page page(List<SharingRecord> found, int limit) {
        if (found.size() <= limit) return new SharingRecord.Page(found, "");
        var shown = found.subList(0, limit);
        return new SharingRecord.Page(shown, shown.getLast().role());
    }

    /// How the role shares, which may have been said of one above it.
    ResponseEntity<Object> show(Caller caller, String name) {
        return within(
                caller,
                Action.GET_QUOTA,
                name,
                (writer, role) -> {
                    var sharing = writer.view().cluster().roles().sharing(role);
                    return ResponseEntity.ok(SharingRecord.of(role, sharing));
                });
    }

    ResponseEntity<Object> set(Caller caller, String name, SharingRecord.Wish wish) {
        Sharing sharing;
        try {
            sharing = wish.toSharing();
        } catch (IllegalArgumentException senseless) {
            return refused("It makes no sense: " + senseless.getMessage() + ".");
        }
        return change(caller, name, Optional.of(sharing));
    }

    ResponseEntity<Object> remove(Caller caller, String name) {
        return change(caller, name, Optional.empty());
    }

    private ResponseEntity<Object> change(Caller caller, String name, Optional<Sharing> sharing) {
        return within(
                caller,
                Action.UPDATE_QUOTA_WITH_CONFIG,
                name,
                (writer, role) -> submit(writer, new Command.ShareAs(role, sharing)));
    }

    private ResponseEntity<Object> within(
            Caller caller,
            Action action,
            String name,
            BiFunction<ClusterWriter, Role, ResponseEntity<Object>> answer) {
        var problem = Role.problem(name);
        if (problem.isPresent()) return refused(problem.get() + ".");
        var role = new Role(name);
        if (rights.decide(caller, action, role) instanceof Verdict.Denied denied)
            return Denials.problem(denied).anyAnswer();
        return door.answer(
                LedAnswers.Target.at(ROUTE + "/" + name),
                leading -> answer.apply(leading.writer(), role));
    }

    private static ResponseEntity<Object> submit(ClusterWriter writer, Command command) {
        try {
            return switch (writer.submit(Lane.CLIENTS, command)) {
                case Decision.Accepted _ -> ResponseEntity.noContent().build();
                case Decision.Refused(Refusal.TooMuch(var what, var limit)) ->
                        new Problem(
                                        ProblemType.CONFLICT,
                                        "There are %d %s already.".formatted(limit, what))
                                .anyAnswer();
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

    private static ResponseEntity<Object> refused(String detail) {
        return new Problem(ProblemType.MALFORMED, detail).anyAnswer();
    }
}
