package io.meseta.master.core.agent;

/// Names one connection of one agent to this master. Each hello makes a new one.
public record LinkId(String value) {

    private static final int CHARACTERS_MAX = 128;

    public LinkId {
        if (value.isEmpty() || value.length() > CHARACTERS_MAX)
            throw new IllegalArgumentException(
                    "a link id has 1 to " + CHARACTERS_MAX + " characters");
    }

    @Override
    public String toString() {
        return value;
    }
}
