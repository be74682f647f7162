package io.meseta.agent.launch;

import io.meseta.runtime.state.Usage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything that one run has started: its session, its process group, its descendants, and
/// whoever carries its cookie. A process that leaves its session, its parents and its environment
/// behind is out of reach for plain processes.
final class ProcessTree {

    private static final int ROUNDS_MAX = 100;
    private static final Duration ROUND_PAUSE = Duration.ofMillis(20);

    private final ProcessTable table;
    private final RunDirectory run;

    ProcessTree(ProcessTable table, RunDirectory run) {
        this.table = table;
        this.run = run;
    }

    /// Signals TERM to all of it, once. The supervisor is not part of it.
    void terminate() {
        for (var entry : members()) handle(entry).ifPresent(ProcessHandle::destroy);
    }

    /// Signals KILL until nothing is left; whether nothing is.
    boolean destroy() throws InterruptedException {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var members = members();
            if (members.isEmpty()) return true;
            for (var entry : members) handle(entry).ifPresent(ProcessHandle::destroyForcibly);
            Thread.sleep(ROUND_PAUSE);
        }
        return members().isEmpty();
    }

    /// What all of it has used, those that have ended included as far as a living one has waited
    /// for them.
    Usage usage() {
        long user = 0;
        long system = 0;
        long memory = 0;
        long threads = 0;
        var members = members();
        for (var entry : members) {
            var figures = table.figures(entry.pid());
            user += figures.userNanos();
            system += figures.systemNanos();
            memory += figures.residentBytes();
            threads += figures.threads();
        }
        var none = Usage.UNKNOWN;
        return new Usage(
                new Usage.CpuTime(user + system, user, system, none, none, none),
                new Usage.MemoryUse(memory, none, memory, none, none, none),
                new Usage.Processes(members.size(), threads),
                Usage.NONE.disk());
    }

    private List<ProcessTable.Entry> members() {
        var entries = table.entries();
        var cookie = run.cookie();
        long supervisor = run.supervisor().map(ProcessIdentity::pid).orElse(-1L);
        var roots = new HashSet<Long>();
        var pids = new HashSet<Long>();
        var first = run.command();
        first.filter(identity -> identity.bootId().equals(table.bootId()))
                .ifPresent(identity -> roots.add(identity.pid()));
        // For a moment it is in its supervisor's session still.
        first.filter(table::isAlive).ifPresent(identity -> pids.add(identity.pid()));
        for (var entry : entries) {
            boolean isNear = roots.contains(entry.session()) || roots.contains(entry.group());
            if (isNear || table.carries(entry.pid(), cookie)) pids.add(entry.pid());
        }
        addDescendants(entries, pids);
        pids.remove(supervisor);
        pids.remove(ProcessHandle.current().pid());
        return entries.stream()
                .filter(entry -> pids.contains(entry.pid()))
                .filter(entry -> !entry.isDead())
                .toList();
    }

    /// Each turn finds one more generation; a tree is never deeper than there are processes.
    private static void addDescendants(List<ProcessTable.Entry> entries, Set<Long> pids) {
        boolean hasGrown = true;
        while (hasGrown) {
            hasGrown = false;
            for (var entry : entries) {
                if (pids.contains(entry.parent())) hasGrown |= pids.add(entry.pid());
            }
        }
    }

    /// The handle holds the start time that was seen, so a pid used again is not signalled.
    private Optional<ProcessHandle> handle(ProcessTable.Entry entry) {
        return ProcessHandle.of(entry.pid())
                .filter(_ ->
                        table.entry(entry.pid())
                                .filter(now -> now.start() == entry.start())
                                .isPresent());
    }
}
