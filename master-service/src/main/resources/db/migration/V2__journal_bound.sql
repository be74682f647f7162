-- The journal becomes a table of ranges in three steps, so that no append waits for a look at all
-- entries. First: what is there so far will be the first range, which ends far enough ahead that a
-- leader of an earlier build does not reach its end meanwhile.
DO $$
DECLARE
    bound bigint;
BEGIN
    SELECT (next_sequence / 1000000 + 10) * 1000000 INTO STRICT bound FROM journal_head;
    EXECUTE format(
        'ALTER TABLE journal ADD CONSTRAINT journal_bound CHECK (sequence < %s) NOT VALID', bound);
    EXECUTE format('COMMENT ON CONSTRAINT journal_bound ON journal IS %L', bound);
END
$$;
