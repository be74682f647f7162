package io.meseta.agent.wiring;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.checkpoint.Checkpoints;
import io.meseta.agent.core.holding.Holdings;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.machine.Standing;
import io.meseta.agent.resources.Reconfiguration;
import io.meseta.agent.resources.Reconfiguration.Policy;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.platform.start.StartRefused;
import java.nio.file.Path;

/// Refuses to come up as an agent that this one no longer is.
final class Sameness {

    private Sameness() {}

    /// @param now without id; port 0 when any will do
    static void check(
            Machine machine,
            Checkpoints checkpoints,
            AgentInfo now,
            Path workDirectory,
            Policy policy) {
        switch (machine.standing()) {
            case Standing.Stranger() -> {}
            case Standing.Exile(var reason) ->
                    throw new StartRefused(
                            "This agent was marked gone (%s) and stays away.".formatted(reason)
                                    + " To let the machine join anew, move %s away."
                                            .formatted(workDirectory.resolve("meta")));
            case Standing.Member _ -> compare(checkpoints, now, workDirectory, policy);
        }
    }

    /// What operations have made of the machine's resources, if it still has what they took.
    static Holdings holdings(Machine machine, AgentInfo now) {
        try {
            var held = machine.holdings().on(ResourceReading.read(now.getResourcesList()));
            if (held.isCovered()) return held;
            throw new StartRefused(
                    "This agent has reservations or volumes made of %s, which its resources (%s) do"
                                    .formatted(held.taken(), held.machine())
                            + " not hold any more. Give them back, or release them first.");
        } catch (InvalidResource invalid) {
            throw new StartRefused("The agent's resources can't be read: " + invalid.getMessage());
        }
    }

    private static String words(Policy policy) {
        return switch (policy) {
            case EQUAL ->
                    " Under the reconfiguration policy 'equal' nothing may change; under 'additive'"
                            + " it may have more than before.";
            case ADDITIVE ->
                    " Under the reconfiguration policy 'additive' it may have more than before, and"
                            + " nothing less.";
        };
    }

    private static void compare(
            Checkpoints checkpoints, AgentInfo now, Path workDirectory, Policy policy) {
        var description = checkpoints.description();
        if (description.isEmpty()) return;
        try {
            var before = AgentInfo.parseFrom(description.get());
            var comparable = now.getPort() == 0 ? before.toBuilder().setPort(0).build() : before;
            var changes = Reconfiguration.changes(comparable, now, policy);
            if (changes.isEmpty()) return;
            throw new StartRefused(
                    "This agent is not what it was when it joined: %s."
                                    .formatted(String.join("; ", changes))
                            + words(policy)
                            + " Set it back, or let it join as a new agent: move %s away, which"
                                    .formatted(workDirectory.resolve("meta"))
                            + " ends its tasks.");
        } catch (InvalidProtocolBufferException _) {
            throw new StartRefused(
                    workDirectory.resolve("meta/description")
                            + " can't be read. Delete it: it is written again at each start.");
        }
    }
}
