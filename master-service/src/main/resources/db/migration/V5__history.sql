-- A projection of the journal: what has ended. Everything here can be made again from there.
-- Text is compared byte by byte, as the master does where it puts the living among the ended.

-- The newest entry of the journal that these tables have taken in, moved on in the same transaction.
CREATE TABLE history_position (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    sequence bigint NOT NULL CHECK (sequence >= 0)
) WITH (
    fillfactor = 20,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_threshold = 1000000);

INSERT INTO history_position (sequence) VALUES (0);

-- `content` is a TaskRow, see src/main/protobuf/meseta/journal/v1; the columns are what one asks by.
CREATE TABLE task_history (
    launched_at    timestamptz      NOT NULL,
    framework      text COLLATE "C" NOT NULL,
    task           text COLLATE "C" NOT NULL,
    launch_order   bigint           NOT NULL,
    agent          text COLLATE "C" NOT NULL,
    role           text COLLATE "C" NOT NULL,
    name           text COLLATE "C" NOT NULL,
    state          text COLLATE "C" NOT NULL,
    ended_at       timestamptz      NOT NULL,
    ended_sequence bigint           NOT NULL,
    content        bytea            NOT NULL,
    PRIMARY KEY (launched_at, framework, task, launch_order)
);

CREATE INDEX task_history_name ON task_history (framework, task);
CREATE INDEX task_history_agent ON task_history (agent, launched_at);
CREATE INDEX task_history_ended ON task_history (ended_at);

-- `content` is a FrameworkRow.
CREATE TABLE framework_history (
    registered_at  timestamptz      NOT NULL,
    framework      text COLLATE "C" NOT NULL,
    name           text COLLATE "C" NOT NULL,
    principal      text COLLATE "C" NOT NULL,
    roles          text[]           NOT NULL,
    ended_at       timestamptz      NOT NULL,
    ended_sequence bigint           NOT NULL,
    content        bytea            NOT NULL,
    PRIMARY KEY (registered_at, framework)
);

CREATE INDEX framework_history_id ON framework_history (framework);
CREATE INDEX framework_history_ended ON framework_history (ended_at);
