package io.meseta.auth.policies.persistence;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

/// The table of policies' histories.
interface PolicyVersionRows extends JpaRepository<PolicyVersionRow, PolicyVersionRow.Key> {

    Optional<PolicyVersionRow> findByNameAndVersion(String name, long version);

    List<PolicyVersionRow> findByNameAndVersionLessThanOrderByVersionDesc(
            String name, long before, Limit limit);
}
