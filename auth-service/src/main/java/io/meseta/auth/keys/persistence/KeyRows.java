package io.meseta.auth.keys.persistence;

import org.springframework.data.jpa.repository.JpaRepository;

/// The table of keys.
interface KeyRows extends JpaRepository<KeyRow, String> {}
