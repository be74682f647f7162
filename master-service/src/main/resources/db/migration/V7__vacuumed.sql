-- What is deleted row by row is vacuumed by how much is dead, not by how large the table is: a fifth
-- of thirty days' history is a week's. Content lies in the tables' TOAST tables, which have settings of
-- their own.
ALTER TABLE task_history SET (
    autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_scale_factor = 0.01,
    toast.autovacuum_vacuum_threshold = 10000,
    toast.autovacuum_vacuum_scale_factor = 0.01);

ALTER TABLE framework_history SET (
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_scale_factor = 0.01,
    toast.autovacuum_vacuum_threshold = 1000,
    toast.autovacuum_vacuum_scale_factor = 0.01);

-- A snapshot that goes is some rows, and 500 of TOAST for each megabyte.
ALTER TABLE snapshot_part SET (
    autovacuum_vacuum_threshold = 20,
    autovacuum_vacuum_scale_factor = 0,
    toast.autovacuum_vacuum_threshold = 5000,
    toast.autovacuum_vacuum_scale_factor = 0);
