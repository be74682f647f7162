package io.meseta.simulator.world;

/// How bad things are: in a storm everything fails that may fail, in a calm nothing does.
public final class Weather {

    private boolean isStormy;

    public boolean isStormy() {
        return isStormy;
    }

    public void storm() {
        isStormy = true;
    }

    public void calm() {
        isStormy = false;
    }
}
