package io.meseta.authorization.policy;

import io.meseta.authorization.Action;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One sentence of a policy. It matches a question if each of its parts does.
///
/// @param id its name within the policy
/// @param description for people; may be empty
/// @param unless what it leaves alone
public record Rule(
        String id,
        String description,
        Effect effect,
        Set<Action> actions,
        Who who,
        What what,
        CallShape call,
        List<Exemption> unless,
        Condition condition) {

    public Rule {
        var copy = EnumSet.noneOf(Action.class);
        copy.addAll(actions);
        if (copy.isEmpty()) throw new IllegalArgumentException("A rule is about an action");
        actions = Collections.unmodifiableSet(copy);
        unless = List.copyOf(unless);
    }

    /// A rule without conditions, exemptions or a shape of call.
    public static Rule of(String id, Effect effect, Set<Action> actions, Who who, What what) {
        return new Rule(
                id, "", effect, actions, who, what, CallShape.ANY, List.of(), Condition.NONE);
    }

    public Rule unless(List<Exemption> exemptions) {
        return new Rule(id, description, effect, actions, who, what, call, exemptions, condition);
    }

    public Rule describedAs(String sentence) {
        return new Rule(id, sentence, effect, actions, who, what, call, unless, condition);
    }

    public Rule forCalls(CallShape shape) {
        return new Rule(id, description, effect, actions, who, what, shape, unless, condition);
    }

    public Rule when(Condition further) {
        return new Rule(id, description, effect, actions, who, what, call, unless, further);
    }
}
