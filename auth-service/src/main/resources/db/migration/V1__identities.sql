-- Names are compared byte by byte, whatever the database's language: pages are in that order.

-- One row. To change anything that a bundle tells, it is updated first, so that such changes pass one at
-- a time, and a bundle's version rises with each.
CREATE TABLE bundle_state (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    version   bigint      NOT NULL,
    issued_at timestamptz NOT NULL
);
INSERT INTO bundle_state (version, issued_at) VALUES (0, 'epoch');

CREATE TABLE accounts (
    name        text COLLATE "C" PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('user', 'service-account')),
    description text        NOT NULL,
    locked      boolean     NOT NULL,
    version     bigint      NOT NULL,
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL
);

CREATE TABLE secrets (
    id         text PRIMARY KEY,
    account    text COLLATE "C" NOT NULL REFERENCES accounts ON DELETE CASCADE,
    hash       text        NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX secrets_of ON secrets (account);

CREATE TABLE groups (
    name        text COLLATE "C" PRIMARY KEY,
    description text        NOT NULL,
    members     text[]      NOT NULL,
    version     bigint      NOT NULL,
    created_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL
);
CREATE INDEX groups_of ON groups USING gin (members);

CREATE TABLE join_tokens (
    id          text COLLATE "C" PRIMARY KEY,
    hash        text        NOT NULL UNIQUE,
    description text        NOT NULL,
    uses_left   integer     NOT NULL CHECK (uses_left >= 0),
    expires_at  timestamptz NOT NULL,
    created_at  timestamptz NOT NULL
);

CREATE TABLE agents (
    id         text COLLATE "C" PRIMARY KEY,
    hostname   text        NOT NULL,
    public_key bytea       NOT NULL UNIQUE,
    join_token text        NOT NULL,
    joined_at  timestamptz NOT NULL,
    revoked_at timestamptz,
    version    bigint      NOT NULL
);

CREATE TABLE policies (
    name       text COLLATE "C" PRIMARY KEY,
    content    text        NOT NULL,
    version    bigint      NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text        NOT NULL
);

-- A policy that is deleted and made anew goes on counting, so that a version means one text for ever.
CREATE TABLE policy_versions (
    name       text COLLATE "C" NOT NULL,
    version    bigint      NOT NULL,
    content    text        NOT NULL,
    deleted    boolean     NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text        NOT NULL,
    PRIMARY KEY (name, version)
);

CREATE TABLE recorded_questions (
    hash     text PRIMARY KEY,
    question text NOT NULL
);

CREATE TABLE signing_keys (
    id             text PRIMARY KEY,
    purpose        text        NOT NULL CHECK (purpose IN ('token', 'bundle')),
    public_key     bytea       NOT NULL,
    sealed_private bytea       NOT NULL,
    created_at     timestamptz NOT NULL,
    signs_from     timestamptz NOT NULL
);

CREATE TABLE revoked_tokens (
    id         text PRIMARY KEY,
    good_until timestamptz NOT NULL
);

CREATE TABLE revoked_principals (
    principal  text PRIMARY KEY,
    not_before timestamptz NOT NULL
);

CREATE TABLE used_assertions (
    principal  text        NOT NULL,
    id         text        NOT NULL,
    good_until timestamptz NOT NULL,
    PRIMARY KEY (principal, id)
);
CREATE INDEX used_assertions_by_end ON used_assertions (good_until);

CREATE TABLE sessions (
    id         text PRIMARY KEY,
    account    text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX sessions_of ON sessions (account, created_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE refresh_tokens (
    hash             text PRIMARY KEY,
    session          text        NOT NULL REFERENCES sessions ON DELETE CASCADE,
    access_id        text        NOT NULL,
    access_ends_at   timestamptz NOT NULL,
    used_at          timestamptz
);
CREATE INDEX refresh_tokens_of ON refresh_tokens (session);

-- Answers are sealed: some hold a secret that was said once.
CREATE TABLE answered (
    principal    text        NOT NULL,
    key          text        NOT NULL,
    request_hash text        NOT NULL,
    answer       bytea       NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (principal, key)
);
CREATE INDEX answered_by_age ON answered (created_at);

CREATE TABLE audit (
    number    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL,
    principal text        NOT NULL,
    kind      text        NOT NULL,
    address   text        NOT NULL,
    request   text        NOT NULL,
    action    text        NOT NULL,
    resource  text COLLATE "C" NOT NULL,
    before    text        NOT NULL,
    after     text        NOT NULL
);
CREATE INDEX audit_of ON audit (resource, number);
CREATE INDEX audit_by ON audit (principal, number);

CREATE FUNCTION refuse_to_change_the_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit only grows';
END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit();
