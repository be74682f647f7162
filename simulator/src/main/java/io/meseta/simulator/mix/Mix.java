package io.meseta.simulator.mix;

import io.meseta.model.Resources;
import io.meseta.simulator.nodes.PlacingFramework.Appetite;

/// Which frameworks there are on how many agents, and what they want.
///
/// @param agents of 64 CPUs and 488,000 MB each
/// @param marathons with a role of their own each
/// @param jenkinses all of one role
/// @param sparks with a role of their own each
record Mix(int agents, Kind marathons, Kind jenkinses, Kind sparks) {

    static final Resources MACHINE = Resources.parse("cpus:64;mem:488000");

    private static final Resources OF_MARATHON = Resources.parse("cpus:0.07;mem:400");
    private static final Resources OF_JENKINS = Resources.parse("cpus:0.1;mem:4000");
    private static final Resources OF_SPARK = Resources.parse("cpus:1;mem:1000");

    /// @param frameworks how many of the kind there are
    record Kind(int frameworks, Appetite appetite) {

        int tasks() {
            return frameworks * appetite.tasks();
        }
    }

    /// As Mesos measures itself: 80 agents, 554 frameworks, 19,500 tasks.
    static Mix whole() {
        return part(1);
    }

    /// A mix in which machines are as full, on so many times fewer of them.
    ///
    /// @param divisor 1 to 50
    static Mix part(int divisor) {
        if (divisor < 1 || divisor > 50)
            throw new IllegalArgumentException("a part is a whole divided by 1 to 50");
        return new Mix(
                Math.max(1, 80 / divisor),
                new Kind(4, new Appetite(OF_MARATHON, 4_000 / divisor, 100)),
                new Kind(500 / divisor, new Appetite(OF_JENKINS, 5, 1)),
                new Kind(50 / divisor, new Appetite(OF_SPARK, 20, 5)));
    }

    int frameworks() {
        return marathons.frameworks() + jenkinses.frameworks() + sparks.frameworks();
    }

    int tasks() {
        return marathons.tasks() + jenkinses.tasks() + sparks.tasks();
    }
}
