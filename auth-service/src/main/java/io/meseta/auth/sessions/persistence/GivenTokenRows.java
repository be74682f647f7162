package io.meseta.auth.sessions.persistence;

import java.time.Instant;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;
import org.springframework.transaction.annotation.Transactional;

/// The table of access tokens that session keys were good for.
interface GivenTokenRows extends JpaRepository<GivenTokenRow, String> {

    List<GivenTokenRow> findBySessionAndEndsAtAfter(String session, Instant now);

    @Modifying
    @Transactional
    @Query("delete from GivenTokenRow row where row.endsAt < :when")
    int forget(@Param("when") Instant when);
}
