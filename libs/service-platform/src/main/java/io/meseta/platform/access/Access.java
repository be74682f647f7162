package io.meseta.platform.access;

import io.meseta.authorization.Action;
import io.meseta.authorization.Call;
import io.meseta.authorization.Question;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Target;
import io.meseta.authorization.Verdict;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.identity.Caller;
import java.time.InstantSource;

/// Decides by the current bundle, in process, in microseconds. In open mode everything is allowed.
public final class Access {

    /// The rule that allows everything in open mode.
    public static final RuleId OPEN_MODE = new RuleId(RuleId.BUILT_IN, "open-mode");

    private static final Verdict OPEN =
            new Verdict.Allowed(OPEN_MODE, 0, "Open mode allows everything");

    private final CurrentBundle current;
    private final boolean isOpen;
    private final InstantSource clock;

    public Access(CurrentBundle current, boolean isOpen, InstantSource clock) {
        this.current = current;
        this.isOpen = isOpen;
        this.clock = clock;
    }

    /// May the caller do this to that?
    public Verdict decide(Caller caller, Action action, Target target) {
        return decide(Question.of(caller.subject(), action, target));
    }

    /// May the caller send this to that microservice?
    public Verdict decideCall(Caller caller, Target service, Call call) {
        return decide(Question.ofCall(caller.subject(), service, call));
    }

    /// Answers any question.
    public Verdict decide(Question question) {
        return isOpen ? OPEN : current.authorizer().decide(question, clock.instant());
    }

    /// Which targets of a list the caller may do this to. Made once for a request.
    public Sight sight(Caller caller, Action action) {
        return isOpen
                ? Sight.open()
                : Sight.of(current.authorizer().decider(caller.subject(), action, clock.instant()));
    }

    /// Whether everything is allowed to everybody.
    public boolean isOpen() {
        return isOpen;
    }
}
