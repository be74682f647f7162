package io.meseta.authorization.engine;

/// How far a question got with a rule.
enum Finding {
    MATCHES("it matches"),
    /// Its condition could not be evaluated; for a rule that denies, that counts as a match.
    MATCHES_UNPROVEN("its condition could not be evaluated, which counts against the caller"),
    OTHER_SUBJECT("it is about other callers"),
    OTHER_TARGET("it is about other targets"),
    NO_CALL("it is about calls, and this is none"),
    OTHER_METHOD("it is about other methods"),
    OTHER_PATH("it is about other paths"),
    OTHER_HEADERS("it asks for other headers"),
    EXEMPT("it leaves this caller and target alone"),
    CONDITION_FALSE("its condition does not hold"),
    CONDITION_UNKNOWN("its condition could not be evaluated, so it allows nothing");

    private final String sentence;

    Finding(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    boolean isMatch() {
        return this == MATCHES || this == MATCHES_UNPROVEN;
    }
}
