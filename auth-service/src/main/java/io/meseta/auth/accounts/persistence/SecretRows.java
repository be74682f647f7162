package io.meseta.auth.accounts.persistence;

import java.util.Collection;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/// The table of secrets' hashes.
interface SecretRows extends JpaRepository<SecretRow, String> {

    List<SecretRow> findByAccountOrderByCreatedAt(String account);

    List<SecretRow> findByAccountInOrderByCreatedAt(Collection<String> accounts);

    List<SecretRow> findAllByOrderByCreatedAt();
}
