package io.meseta.master.core.framework;

/// Names one connection of one framework; the text of the `Mesos-Stream-Id` header.
///
/// Each subscription gets a new one, so that calls of an older connection can be told apart.
public record StreamId(String value) {

    private static final int CHARACTERS_MAX = 128;

    public StreamId {
        if (value.isEmpty() || value.length() > CHARACTERS_MAX)
            throw new IllegalArgumentException(
                    "a stream id has 1 to " + CHARACTERS_MAX + " characters");
    }

    @Override
    public String toString() {
        return value;
    }
}
