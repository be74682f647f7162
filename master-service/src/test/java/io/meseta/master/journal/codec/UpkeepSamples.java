package io.meseta.master.journal.codec;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.Unavailability;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.core.upkeep.Window;
import io.meseta.model.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the golden files about machines were written from. Never changed, like [GoldenSamples].
final class UpkeepSamples {

    private static final Instant AT = GoldenValues.AT;
    private static final AgentId AGENT = new AgentId("agent-S1");
    private static final AgentId OTHER = new AgentId("agent-S9");
    private static final MachineId BOTH = new MachineId("Host-1", "10.0.0.1");
    private static final MachineId NAMED = new MachineId("host-2", "");

    private UpkeepSamples() {}

    /// One of each kind.
    static List<Event> events() {
        var drain = Drain.begun(Optional.of(Duration.ofMillis(1_500)), true, AT.plusSeconds(2));
        return List.of(
                of(new UpkeepEvent.AgentDeactivated(AGENT, AT)),
                of(new UpkeepEvent.AgentReactivated(AGENT, AT.plusSeconds(1))),
                of(new UpkeepEvent.DrainBegun(AGENT, drain)),
                of(new UpkeepEvent.DrainEnded(AGENT, AT.plusSeconds(3))),
                of(new UpkeepEvent.AgentGone(AGENT, AT.plusSeconds(4))),
                of(
                        new UpkeepEvent.AgentRemoved(
                                AGENT, UpkeepEvent.Cause.MACHINE_DOWN, AT.plusSeconds(5))),
                of(new UpkeepEvent.GoneElapsed(AT.plusSeconds(6))),
                of(new UpkeepEvent.ScheduleSet(windows(), AT.plusSeconds(7))),
                of(new UpkeepEvent.MachinesTakenDown(List.of(BOTH), AT.plusSeconds(8))),
                of(new UpkeepEvent.MachinesBroughtUp(List.of(NAMED), AT.plusSeconds(9))));
    }

    /// Something of everything that a snapshot can hold.
    static Cluster state() {
        var cluster = GoldenSamples.state();
        for (var event : events()) cluster = cluster.after(event);
        return cluster.after(of(new UpkeepEvent.AgentDeactivated(OTHER, AT)))
                .after(
                        of(
                                new UpkeepEvent.DrainBegun(
                                        AGENT, Drain.begun(Optional.empty(), false, AT))));
    }

    private static List<Window> windows() {
        return List.of(
                new Window(List.of(BOTH), new Unavailability(-5, OptionalLong.empty())),
                new Window(List.of(NAMED), new Unavailability(7, OptionalLong.of(9))));
    }

    private static Event of(UpkeepEvent event) {
        return new Event.OfUpkeep(event);
    }
}
