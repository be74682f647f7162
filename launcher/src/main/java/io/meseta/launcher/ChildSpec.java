package io.meseta.launcher;

import java.util.List;
import java.util.Map;

/// One process of the cluster: how it is started, seen and stopped.
///
/// @param name also that of its log
/// @param stopSignal the signal that means "finish what you do, then end"
record ChildSpec(String name, Start start, int port, Probe probe, String stopSignal) {

    /// @param environment in addition to ours; secrets belong here rather than in the command
    record Start(List<String> command, Map<String, String> environment) {

        Start {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        @Override
        public String toString() {
            return String.join(" ", command);
        }
    }
}
