package io.meseta.master.journal.codec;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.core.upkeep.Unavailability;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.core.upkeep.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/// Events of machines that are maintained, drained or gone, from a seeded source.
final class RandomUpkeep {

    private final Random random;
    private final RandomValues values;

    RandomUpkeep(Random random, RandomValues values) {
        this.random = random;
        this.values = values;
    }

    Event agentDeactivated() {
        return of(new UpkeepEvent.AgentDeactivated(values.agentId(), values.time()));
    }

    Event agentReactivated() {
        return of(new UpkeepEvent.AgentReactivated(values.agentId(), values.time()));
    }

    Event drainBegun() {
        var grace = random.nextBoolean() ? Optional.of(values.span()) : Optional.<Duration>empty();
        var drain = new Drain(grace, random.nextBoolean(), values.time(), false);
        return of(new UpkeepEvent.DrainBegun(values.agentId(), drain));
    }

    Event drainEnded() {
        return of(new UpkeepEvent.DrainEnded(values.agentId(), values.time()));
    }

    Event agentGone() {
        return of(new UpkeepEvent.AgentGone(values.agentId(), values.time()));
    }

    Event agentRemoved() {
        var causes = UpkeepEvent.Cause.values();
        var cause = causes[random.nextInt(causes.length)];
        return of(new UpkeepEvent.AgentRemoved(values.agentId(), cause, values.time()));
    }

    Event goneElapsed() {
        return of(new UpkeepEvent.GoneElapsed(values.time()));
    }

    Event scheduleSet() {
        var windows = new ArrayList<Window>();
        for (int i = random.nextInt(3); i > 0; i--) {
            var duration =
                    random.nextBoolean()
                            ? OptionalLong.of(random.nextLong(Long.MAX_VALUE))
                            : OptionalLong.empty();
            var away = new Unavailability(random.nextLong(), duration);
            windows.add(new Window(List.of(machine(i), machine(i + 10)), away));
        }
        return of(new UpkeepEvent.ScheduleSet(windows, values.time()));
    }

    Event machinesTakenDown() {
        return of(
                new UpkeepEvent.MachinesTakenDown(
                        List.of(machine(1 + random.nextInt(2))), values.time()));
    }

    Event machinesBroughtUp() {
        return of(
                new UpkeepEvent.MachinesBroughtUp(
                        List.of(machine(1 + random.nextInt(2))), values.time()));
    }

    private static MachineId machine(int number) {
        return number % 2 == 0
                ? new MachineId("host-" + number, "")
                : new MachineId("host-" + number, "10.0.0." + number);
    }

    private static Event of(UpkeepEvent event) {
        return new Event.OfUpkeep(event);
    }
}
