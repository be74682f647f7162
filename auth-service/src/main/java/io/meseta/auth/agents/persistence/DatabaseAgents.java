package io.meseta.auth.agents.persistence;

import io.meseta.auth.agents.Agent;
import io.meseta.auth.agents.Agents;
import io.meseta.model.Opaque;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;

/// Agents in the database.
final class DatabaseAgents implements Agents {

    private final AgentRows rows;

    DatabaseAgents(AgentRows rows) {
        this.rows = rows;
    }

    @Override
    public Optional<Agent> find(String id) {
        return rows.findById(id).map(AgentRow::toAgent);
    }

    @Override
    public Optional<Agent> findByKey(Opaque publicKey) {
        return rows.findByPublicKey(publicKey.asBytes()).map(AgentRow::toAgent);
    }

    @Override
    public List<Agent> page(String after, int limit) {
        return rows.findByIdGreaterThanOrderById(after, Limit.of(limit)).stream()
                .map(AgentRow::toAgent)
                .toList();
    }

    @Override
    public long count() {
        return rows.count();
    }

    @Override
    public void save(Agent agent) {
        rows.saveAndFlush(AgentRow.of(agent));
    }
}
