package io.meseta.cli;

import io.meseta.client.Agent;
import io.meseta.client.ClientFault;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Copies a running task's stdout and stderr as they come, each on a virtual thread.
final class TaskOutput implements AutoCloseable {

    /// Where the two go.
    record Sinks(OutputStream out, OutputStream err) {}

    private static final long LOOK_FIRST_MS = 50;
    private static final long LOOK_MAX_MS = 400;

    /// Once the task has ended: how long its sandbox is looked for, or its agent waited for.
    private static final Duration LAST_LOOKS = Duration.ofSeconds(10);

    private final Agent agent;
    private final FrameworkID framework;
    private final TaskID task;
    private final Thread out;
    private final Thread err;
    private volatile boolean isEnded;
    private volatile boolean isUnread;
    private volatile Optional<String> trouble = Optional.empty();

    /// @param agent closed with this
    TaskOutput(Agent agent, FrameworkID framework, TaskID task, Sinks sinks) {
        this.agent = agent;
        this.framework = framework;
        this.task = task;
        this.out = Thread.startVirtualThread(() -> follow("stdout", sinks.out()));
        this.err = Thread.startVirtualThread(() -> follow("stderr", sinks.err()));
    }

    /// Whether our own reader has gone (`meseta run … | head`): then nobody wants the task.
    boolean isUnread() {
        return isUnread;
    }

    /// Copies what is left after the task's end; at most `limit` long.
    ///
    /// @return what went wrong, where something did
    Optional<String> drain(Duration limit) throws InterruptedException {
        isEnded = true;
        if (!out.join(limit) || !err.join(limit)) {
            return Optional.of("its output did not end within " + limit.toSeconds() + " s");
        }
        return trouble;
    }

    private void follow(String file, OutputStream sink) {
        try {
            var sandbox = sandbox();
            if (sandbox.isPresent()) {
                copy(new OutputTail(agent, sandbox.get() + "/" + file, sink));
            } else {
                trouble = Optional.of("its agent has no sandbox of it");
            }
        } catch (ClientFault fault) {
            trouble = Optional.of("its output could not be read: " + fault.getMessage());
        } catch (IOException _) {
            isUnread = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> sandbox() throws InterruptedException {
        var patience = new Patience();
        while (patience.lasts()) {
            try {
                var sandbox = agent.sandbox(framework, task);
                if (sandbox.isPresent()) {
                    return sandbox;
                }
            } catch (ClientFault fault) {
                patience.spare(fault);
            }
            patience.pause();
        }
        return Optional.empty();
    }

    private void copy(OutputTail tail) throws IOException, InterruptedException {
        var patience = new Patience();
        while (true) {
            // Read before the look: what was written before the end is then surely seen.
            boolean isLast = isEnded;
            try {
                if (tail.copy()) {
                    patience = new Patience();
                    continue;
                }
                if (isLast) {
                    return;
                }
            } catch (ClientFault fault) {
                patience.spare(fault);
            }
            patience.pause();
        }
    }

    /// Looks that grow rarer, and, once the task has ended, come to an end.
    private final class Patience {

        private long pauseMs = LOOK_FIRST_MS;
        private long endedMs;

        boolean lasts() {
            return endedMs < LAST_LOOKS.toMillis();
        }

        void pause() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(pauseMs);
            endedMs += isEnded ? pauseMs : 0;
            pauseMs = Math.min(pauseMs * 2, LOOK_MAX_MS);
        }

        /// An agent that restarts is away for a while; that is no reason to give up on a task that
        /// runs.
        void spare(ClientFault fault) {
            if (!lasts()) {
                throw fault;
            }
        }
    }

    @Override
    public void close() {
        out.interrupt();
        err.interrupt();
        agent.close();
    }
}
