package io.meseta.mesos.json;

/// The body breaks one of our [JsonLimits]. Mesos has no such limits, hence no words for it.
public final class OversizedJson extends UnreadableJson {

    private static final long serialVersionUID = 1L;

    /// Which limit was broken.
    public enum Limit {
        BODY("The body is longer than %d bytes"),
        DEPTH("Objects and arrays are nested more than %d deep"),
        STRING("A string is longer than %d characters"),
        NUMBER("A number is longer than %d characters");

        private final String sentence;

        Limit(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Limit limit;

    OversizedJson(Limit limit, int most) {
        super(limit.sentence.formatted(most));
        this.limit = limit;
    }

    /// Which limit was broken: a body that is too long is a 413, the rest are bad requests.
    public Limit limit() {
        return limit;
    }
}
