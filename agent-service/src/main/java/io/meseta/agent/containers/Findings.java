package io.meseta.agent.containers;

import io.meseta.runtime.doctor.Finding;
import java.util.List;

/// What was found out about this machine when the agent started, beside what a doctor finds.
public record Findings(List<Finding> all) {

    public Findings {
        all = List.copyOf(all);
    }
}
