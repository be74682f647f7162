package io.meseta.master.core.upkeep;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import java.util.Optional;
import java.util.Set;

/// A leader, its agents, and what operators want of them.
abstract class UpkeepScene {

    final Play play = new Play();

    AgentId agent() {
        return play.greet(Optional.empty(), profile(), 0);
    }

    static AgentProfile profile() {
        return new AgentProfile(
                "host",
                5051,
                Resources.parse("cpus:4;mem:1024"),
                Set.of(AgentCapability.AGENT_DRAINING),
                "1.11.0",
                Opaque.EMPTY);
    }

    void wish(UpkeepWish wish) {
        play.put(new Command.KeepUp(wish));
    }

    UpkeepRefusal refusal(UpkeepWish wish) {
        return ((Refusal.OfUpkeep) play.refused(new Command.KeepUp(wish))).why();
    }
}
