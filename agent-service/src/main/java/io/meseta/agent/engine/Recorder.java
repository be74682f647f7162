package io.meseta.agent.engine;

import io.meseta.agent.core.machine.Event;
import io.meseta.agent.core.machine.Machine;
import java.util.List;

/// Makes recorded events last, or throws.
@FunctionalInterface
public interface Recorder {

    void record(Machine before, List<Event> events);
}
