package io.meseta.auth.agents;

import io.meseta.model.Opaque;
import java.util.List;
import java.util.Optional;

/// All agents that ever joined.
public interface Agents {

    Optional<Agent> find(String id);

    Optional<Agent> findByKey(Opaque publicKey);

    List<Agent> page(String after, int limit);

    long count();

    void save(Agent agent);
}
