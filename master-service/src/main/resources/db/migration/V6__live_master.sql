-- Which masters there are, and what each of them can read: see docs/guides/feature-levels.md. A master
-- says it every few seconds; whoever has not said it for long is not there, by this server's clock.
CREATE TABLE live_master (
    id           uuid PRIMARY KEY,
    host         text        NOT NULL,
    port         integer     NOT NULL,
    build        text        NOT NULL,
    level_oldest integer     NOT NULL CHECK (level_oldest > 0),
    level_newest integer     NOT NULL CHECK (level_newest >= level_oldest),
    seen_at      timestamptz NOT NULL
) WITH (
    fillfactor = 20,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_scale_factor = 0);
