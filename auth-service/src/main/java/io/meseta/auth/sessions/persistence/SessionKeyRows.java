package io.meseta.auth.sessions.persistence;

import org.springframework.data.jpa.repository.JpaRepository;

/// The table of session keys.
interface SessionKeyRows extends JpaRepository<SessionKeyRow, String> {}
