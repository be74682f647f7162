package io.meseta.authorization;

/// The answer to a [Question], with what it rests on, so that whoever is refused can be told why.
public sealed interface Verdict {

    /// The rule that decided.
    RuleId rule();

    /// The version of the bundle whose policies were asked.
    long bundleVersion();

    /// One sentence for people.
    String reason();

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    record Allowed(RuleId rule, long bundleVersion, String reason) implements Verdict {}

    record Denied(RuleId rule, long bundleVersion, String reason) implements Verdict {}
}
