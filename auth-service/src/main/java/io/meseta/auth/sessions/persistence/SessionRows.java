package io.meseta.auth.sessions.persistence;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/// The table of sessions.
interface SessionRows extends JpaRepository<SessionRow, String> {

    @Query(
            "select row from SessionRow row where row.account = :account"
                    + " and row.endedAt is null and row.expiresAt > :now order by row.createdAt")
    List<SessionRow> open(@Param("account") String account, @Param("now") Instant now);

    @Modifying
    @Transactional
    @Query("delete from SessionRow row where row.expiresAt < :when")
    int forget(@Param("when") Instant when);
}
