package io.meseta.auth.agents.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/// The table of join tokens.
interface JoinTokenRows extends JpaRepository<JoinTokenRow, String> {

    Optional<JoinTokenRow> findByHash(String hash);

    List<JoinTokenRow> findByIdGreaterThanOrderById(String after, Limit limit);

    /// In one statement, so that two machines can't share the last use.
    @Modifying
    @Transactional
    @Query(
            "update JoinTokenRow row set row.usesLeft = row.usesLeft - 1"
                    + " where row.id = :id and row.usesLeft > 0 and row.expiresAt > :now")
    int use(@Param("id") String id, @Param("now") Instant now);

    @Modifying
    @Transactional
    @Query("delete from JoinTokenRow row where row.expiresAt < :when")
    int forget(@Param("when") Instant when);
}
