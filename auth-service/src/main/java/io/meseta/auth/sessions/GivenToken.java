package io.meseta.auth.sessions;

import java.time.Instant;

/// An access token that a session was given, by its id: whoever ends the session voids it.
public record GivenToken(String id, String session, Instant endsAt) {}
