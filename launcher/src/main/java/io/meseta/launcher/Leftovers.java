package io.meseta.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.meseta.launcher.RunRecord.RecordedChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Processes that an earlier run has left behind, because its launcher was killed.
///
/// A process is ended only when its number and its start are those on record, or when its
/// environment says that its sandbox lies in our data directory: a stranger's never.
final class Leftovers {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// What an agent tells every task: where its sandbox is.
    private static final List<String> SANDBOX_NAMES = List.of("MESOS_SANDBOX=", "MESOS_DIRECTORY=");

    private final Layout layout;
    private final Progress progress;

    Leftovers(Layout layout, Progress progress) {
        this.layout = layout;
        this.progress = progress;
    }

    /// Ends the recorded children that still live, the last started first. Agents are asked as in a
    /// restart: they spare their tasks, which their successors adopt.
    void endChildren(RunRecord record) {
        for (var child : record.children().reversed()) {
            if (child.process().isAlive()) {
                progress.say(
                        "%s (pid %d) was left behind by an earlier run: stopping it"
                                .formatted(child.name(), child.process().pid()));
                end(child);
            }
        }
    }

    private static void end(RecordedChild child) {
        if (child.name().equals("postgres")) {
            child.process().signal("INT");
            child.process().awaitEndOrKill(LIMIT);
        } else {
            child.process().end(LIMIT);
        }
    }

    /// Kills what still runs in our sandboxes. For the very end of `down`, when the agents, who
    /// should have done it, are no more.
    void killTasks() {
        for (var process : inOurSandboxes()) {
            progress.say("a task's process (pid " + process.pid() + ") outlived its agent: killed");
            process.kill();
        }
    }

    private List<ProcessIdentity> inOurSandboxes() {
        var found = new ArrayList<ProcessIdentity>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                var identity = ProcessIdentity.of(Long.parseLong(process.getFileName().toString()));
                if (identity.isPresent() && hasOurSandbox(process)) {
                    found.add(identity.get());
                }
            }
        } catch (IOException _) {
            return found; // No /proc here: then there is nothing that we could be sure of.
        }
        return found;
    }

    private boolean hasOurSandbox(Path process) {
        try {
            // Bytes as they are: an environment is in no particular encoding.
            var environment =
                    new String(Files.readAllBytes(process.resolve("environ")), ISO_8859_1);
            for (var variable : environment.split("\0", -1)) {
                for (var name : SANDBOX_NAMES) {
                    if (variable.startsWith(name) && isOurs(variable.substring(name.length()))) {
                        return true;
                    }
                }
            }
        } catch (IOException _) {
            return false; // Another user's, or gone by now.
        }
        return false;
    }

    private boolean isOurs(String sandbox) {
        return sandbox.startsWith(layout.agents() + "/");
    }
}
