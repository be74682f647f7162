package io.meseta.authorization;

/// Where a rule is written: its policy, and its name there.
public record RuleId(String policy, String rule) implements Comparable<RuleId> {

    /// The policy of the rules that no text can change. No written policy may be called so.
    public static final String BUILT_IN = "built-in";

    /// No rule allows it.
    public static final RuleId DEFAULT = new RuleId(BUILT_IN, "default-deny");

    /// The policies are too old to change anything by them.
    public static final RuleId EXPIRED = new RuleId(BUILT_IN, "expired-bundle");

    /// The path could mean one thing to us and another to the server.
    public static final RuleId UNCLEAR_CALL = new RuleId(BUILT_IN, "unclear-call");

    /// Deciding would have taken too long.
    public static final RuleId TOO_COSTLY = new RuleId(BUILT_IN, "too-costly");

    /// The engine itself has failed.
    public static final RuleId FAULT = new RuleId(BUILT_IN, "fault");

    @Override
    public int compareTo(RuleId other) {
        int order = policy.compareTo(other.policy);
        return order != 0 ? order : rule.compareTo(other.rule);
    }

    @Override
    public String toString() {
        return policy + "/" + rule;
    }
}
