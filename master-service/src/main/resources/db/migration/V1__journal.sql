-- The one row that fences: an append succeeds only if it carries this epoch and this sequence number.
-- Updated with each append, so it must stay on one page: hence the room.
CREATE TABLE journal_head (
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch         bigint NOT NULL CHECK (epoch >= 0),
    next_sequence bigint NOT NULL CHECK (next_sequence > 0)
) WITH (fillfactor = 20);

INSERT INTO journal_head (epoch, next_sequence) VALUES (0, 1);

-- What each batch of commands has changed for good: an EntryRow in protobuf, see
-- src/main/protobuf/meseta/journal/v1. `at` is rounded and serves retention and readers; the exact
-- time is in `events`.
CREATE TABLE journal (
    sequence bigint PRIMARY KEY,
    epoch    bigint      NOT NULL,
    at       timestamptz NOT NULL,
    events   bytea       NOT NULL
);

CREATE INDEX journal_at ON journal USING brin (at);

-- Whole states. A snapshot is there once its row is: its parts are written before, in the same
-- transaction.
CREATE TABLE snapshot (
    sequence bigint PRIMARY KEY,
    at       timestamptz NOT NULL,
    build    text        NOT NULL,
    bytes    bigint      NOT NULL,
    sha256   bytea       NOT NULL
);

CREATE TABLE snapshot_part (
    sequence bigint  NOT NULL,
    part     integer NOT NULL,
    content  bytea   NOT NULL,
    PRIMARY KEY (sequence, part)
);

-- Who may lead, until when by this server's clock. The row outlives its holders.
CREATE TABLE lease (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    holder   uuid,
    host     text        NOT NULL DEFAULT '',
    port     integer     NOT NULL DEFAULT 0,
    epoch    bigint      NOT NULL CHECK (epoch >= 0),
    until    timestamptz NOT NULL
) WITH (fillfactor = 20);

INSERT INTO lease (epoch, until) VALUES (0, '-infinity');
