-- Third: a new table of ranges, whose first is the old table as it is. Later ranges are made ahead
-- by masters and dropped whole once they are old, so that nothing is ever deleted row by row.
SET LOCAL lock_timeout = '10s';

DO $$
DECLARE
    bound bigint;
BEGIN
    SELECT obj_description(oid, 'pg_constraint')::bigint INTO STRICT bound
    FROM pg_constraint WHERE conname = 'journal_bound' AND conrelid = 'journal'::regclass;
    ALTER TABLE journal RENAME TO journal_first;
    ALTER INDEX journal_pkey RENAME TO journal_first_pkey;
    ALTER INDEX journal_at RENAME TO journal_first_at;
    CREATE TABLE journal (
        sequence bigint PRIMARY KEY,
        epoch    bigint      NOT NULL,
        at       timestamptz NOT NULL,
        events   bytea       NOT NULL
    ) PARTITION BY RANGE (sequence);
    CREATE INDEX journal_at ON journal USING brin (at);
    EXECUTE format(
        'ALTER TABLE journal ATTACH PARTITION journal_first FOR VALUES FROM (MINVALUE) TO (%s)',
        bound);
    ALTER TABLE journal_first DROP CONSTRAINT journal_bound;
END
$$;

-- Each append leaves a dead version of the head's row. The page prunes itself as it is updated; the
-- vacuum need only come now and then, but then at once and at full speed.
ALTER TABLE journal_head SET (
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_threshold = 1000000);

ALTER TABLE lease SET (
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_threshold = 1000000);
