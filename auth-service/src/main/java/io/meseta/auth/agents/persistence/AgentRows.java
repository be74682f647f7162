package io.meseta.auth.agents.persistence;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

/// The table of agents.
interface AgentRows extends JpaRepository<AgentRow, String> {

    Optional<AgentRow> findByPublicKey(byte[] publicKey);

    List<AgentRow> findByIdGreaterThanOrderById(String after, Limit limit);
}
