package io.meseta.auth.accounts.persistence;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

/// The table of accounts.
interface AccountRows extends JpaRepository<AccountRow, String> {

    List<AccountRow> findByKindAndNameGreaterThanOrderByName(
            String kind, String after, Limit limit);

    @Query("select row.name from AccountRow row where row.name in :names")
    Set<String> known(@Param("names") Collection<String> names);
}
