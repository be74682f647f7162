-- Second: the look at all entries, beside which appends go on.
ALTER TABLE journal VALIDATE CONSTRAINT journal_bound;
