package io.meseta.agent.service;

import io.meseta.testkit.Await;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After every test of this module: whatever agents have run inside this process, nothing of them
/// is left on the machine. JUnit finds it by itself, so no test can do without.
public final class LeavesNothing implements AfterEachCallback, AfterAllCallback {

    private static final Map<Path, Leftovers> USED = new ConcurrentHashMap<>();
    private static final Set<Path> RUNNING = ConcurrentHashMap.newKeySet();

    /// Agents will start there, the first of them perhaps in a process of its own.
    ///
    /// @return what may not be left when all have ended
    static Leftovers expect(Path work) {
        return USED.computeIfAbsent(work, Leftovers::before);
    }

    /// An agent is about to start in this process.
    static Leftovers begin(Path work) {
        RUNNING.add(work);
        return expect(work);
    }

    /// It has ended in order.
    static void end(Path work) {
        RUNNING.remove(work);
    }

    /// Agents that all tests of a class share are looked at in the end.
    @Override
    public void afterEach(ExtensionContext context) {
        var ended = new HashSet<>(USED.keySet());
        ended.removeAll(RUNNING);
        for (var work : ended) check(work);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        RUNNING.clear();
        for (var work : Set.copyOf(USED.keySet())) check(work);
    }

    private static void check(Path work) {
        var left = USED.remove(work);
        if (left != null)
            Await.within(FakeMaster.LIMIT).passes("nothing is left of agents", left::assertNone);
    }
}
