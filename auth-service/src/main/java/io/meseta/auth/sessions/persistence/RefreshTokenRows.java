package io.meseta.auth.sessions.persistence;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/// The table of refresh tokens.
interface RefreshTokenRows extends JpaRepository<RefreshTokenRow, String> {

    List<RefreshTokenRow> findBySession(String session);

    /// In one statement, so that of two who come at once one is the second.
    @Modifying
    @Transactional
    @Query(
            "update RefreshTokenRow row set row.usedAt = :now"
                    + " where row.hash = :hash and row.usedAt is null")
    int use(@Param("hash") String hash, @Param("now") Instant now);
}
