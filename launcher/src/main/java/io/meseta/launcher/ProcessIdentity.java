package io.meseta.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One process, and not whichever has its number later: numbers are used again.
///
/// @param pid its number
/// @param started when it was started, in a form that only equality is asked of
record ProcessIdentity(long pid, String started) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /// Where `starttime` is in `/proc/PID/stat`, counted from the field after the name.
    private static final int START_FIELD = 19;

    /// The process that has this number now; empty when none has.
    static Optional<ProcessIdentity> of(long pid) {
        return started(pid).map(started -> new ProcessIdentity(pid, started));
    }

    static ProcessIdentity of(Process process) {
        return of(process.pid()).orElse(new ProcessIdentity(process.pid(), "gone"));
    }

    static ProcessIdentity ourselves() {
        return of(ProcessHandle.current().pid()).orElseThrow();
    }

    boolean isAlive() {
        return handle().isPresent();
    }

    /// Asks the process to end (SIGTERM), and makes it (SIGKILL) when `limit` has passed.
    ///
    /// @return whether it ended by itself
    boolean end(Duration limit) {
        handle().ifPresent(ProcessHandle::destroy);
        return awaitEndOrKill(limit);
    }

    /// Waits for the end of the process, and makes one when `limit` has passed.
    ///
    /// @return whether it ended by itself
    boolean awaitEndOrKill(Duration limit) {
        if (awaitEnd(limit)) {
            return true;
        }
        kill();
        awaitEnd(Duration.ofSeconds(5));
        return false;
    }

    void kill() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
    }

    /// Sends a signal that Java has no word for, by name.
    void signal(String name) {
        if (isAlive()) {
            Shell.run("kill -" + name + " " + pid);
        }
    }

    boolean awaitEnd(Duration limit) {
        var handle = handle();
        if (handle.isEmpty()) {
            return true;
        }
        try {
            handle.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return !isAlive();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return !isAlive();
        }
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(_ -> started(pid).filter(started::equals).isPresent());
    }

    /// The kernel's own count of ticks since boot where there is one: the time of day of a start is
    /// computed from the clock, which may be set.
    private static Optional<String> started(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name, in brackets, may hold anything, also blanks and brackets.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[0].equals("Z")) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(BOOT_ID).strip() + "/" + fields[START_FIELD]);
        } catch (IOException _) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(Object::toString);
        }
    }
}
