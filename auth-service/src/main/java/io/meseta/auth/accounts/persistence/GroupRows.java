package io.meseta.auth.accounts.persistence;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/// The table of groups.
interface GroupRows extends JpaRepository<GroupRow, String> {

    List<GroupRow> findByNameGreaterThanOrderByName(String after, Limit limit);

    @Query(
            value = "SELECT * FROM groups WHERE members @> ARRAY[:member]::text[] ORDER BY name",
            nativeQuery = true)
    List<GroupRow> of(@Param("member") String member);
}
