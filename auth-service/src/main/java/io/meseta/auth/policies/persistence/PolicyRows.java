package io.meseta.auth.policies.persistence;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

/// The table of policies.
interface PolicyRows extends JpaRepository<PolicyRow, String> {

    List<PolicyRow> findAllByOrderByName();

    List<PolicyRow> findByNameGreaterThanOrderByName(String after, Limit limit);
}
