package io.meseta.authorization;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// May this subject do this to that?
///
/// @param calledWith what is sent; present if the action is [Action#CALL_SERVICE]
public record Question(Subject subject, Action action, Target target, @Nullable Call calledWith) {

    public static Question of(Subject subject, Action action, Target target) {
        return new Question(subject, action, target, null);
    }

    public static Question ofCall(Subject subject, Target service, Call call) {
        return new Question(subject, Action.CALL_SERVICE, service, call);
    }

    /// The same question from the mouth of another.
    public Question askedBy(Subject other) {
        return new Question(other, action, target, calledWith);
    }

    public Optional<Call> call() {
        return Optional.ofNullable(calledWith);
    }

    /// Whether an answer of yes may change something.
    public boolean isChanging() {
        return switch (action.nature()) {
            case READING -> false;
            case CHANGING -> true;
            case CALLING -> calledWith == null || !calledWith.isSafe();
        };
    }

    /// How a reason speaks of what was asked: `RUN_TASK on role 'eng'`.
    public String describe() {
        var what = action + " on " + target.describe();
        return calledWith == null ? what : calledWith.method() + " " + what;
    }
}
