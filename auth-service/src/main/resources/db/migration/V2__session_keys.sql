-- What browsers keep: good again and again while the session lasts, hence apart from refresh tokens.
CREATE TABLE session_keys (
    hash    text PRIMARY KEY,
    session text        NOT NULL REFERENCES sessions ON DELETE CASCADE,
    used_at timestamptz NOT NULL
);
CREATE INDEX session_keys_of ON session_keys (session);

-- Whoever signs out voids these.
CREATE TABLE session_tokens (
    access_id text PRIMARY KEY,
    session   text        NOT NULL REFERENCES sessions ON DELETE CASCADE,
    ends_at   timestamptz NOT NULL
);
CREATE INDEX session_tokens_of ON session_tokens (session);
CREATE INDEX session_tokens_by_end ON session_tokens (ends_at);
