package io.meseta.agent.launch;

import io.meseta.agent.core.task.Exit;
import io.meseta.runtime.state.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// The runs of two runtimes: those of the first are known by their traces, all others are the
/// second's.
public final class EitherRuns implements Runs {

    private final Runs first;
    private final Predicate<UUID> isOfFirst;
    private final Runs second;

    /// @param isOfFirst whether the first has a trace of it
    public EitherRuns(Runs first, Predicate<UUID> isOfFirst, Runs second) {
        this.first = first;
        this.isOfFirst = isOfFirst;
        this.second = second;
    }

    private Runs of(UUID container) {
        return isOfFirst.test(container) ? first : second;
    }

    @Override
    public RunState state(UUID container) throws InterruptedException {
        return of(container).state(container);
    }

    @Override
    public RunState await(UUID container) throws InterruptedException {
        return of(container).await(container);
    }

    @Override
    public boolean isOver(UUID container) {
        return of(container).isOver(container);
    }

    @Override
    public boolean callOff(UUID container, String why) {
        return of(container).callOff(container, why);
    }

    @Override
    public void terminate(UUID container) {
        of(container).terminate(container);
    }

    @Override
    public boolean destroy(UUID container) throws InterruptedException {
        return of(container).destroy(container);
    }

    @Override
    public void limit(UUID container, Exit.Limited how) throws InterruptedException {
        of(container).limit(container, how);
    }

    @Override
    public void dismiss(UUID container, Duration patience) throws InterruptedException {
        of(container).dismiss(container, patience);
    }

    @Override
    public long commandPid(UUID container) {
        return of(container).commandPid(container);
    }

    /// By both: one may have been called off by the one and prepared by the other.
    @Override
    public void forget(UUID container) {
        first.forget(container);
        second.forget(container);
    }

    @Override
    public Optional<Usage> usage(UUID container) {
        return of(container).usage(container);
    }

    @Override
    public void keepOnly(Set<UUID> held) {
        first.keepOnly(held);
        second.keepOnly(held);
    }

    @Override
    public List<UUID> known() {
        var known = new ArrayList<>(first.known());
        for (var each : second.known()) if (!known.contains(each)) known.add(each);
        return known;
    }
}
