package io.meseta.launcher;

import io.meseta.client.Identity;
import io.meseta.launcher.RunRecord.RecordedChild;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The children of this launcher, in the order of their start, and their record on disk.
///
/// Start and stop may meet: Ctrl-C during the start stops it on another thread. So each method that
/// touches the list or the record is synchronized, and holds the lock only for the time of one fork
/// or one small write.
final class Cluster {

    static final Duration READY_LIMIT = Duration.ofMinutes(2);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration SWEEP_LIMIT = Duration.ofSeconds(20);

    private final Layout layout;
    private final Progress progress;
    private final List<Child> children = new ArrayList<>();
    private RunRecord record;
    private Optional<WarmStart> warmStart = Optional.empty();
    private boolean isStopping;

    Cluster(Layout layout, Progress progress, Services services) {
        this.layout = layout;
        this.progress = progress;
        this.record =
                new RunRecord(
                        ProcessIdentity.ourselves(),
                        false,
                        services.masterUrls().stream().map(URI::toString).toList(),
                        services.gatewayUrl().toString(),
                        services.authUrl().map(URI::toString).orElse(""),
                        List.of());
        record.save(layout.runFile());
    }

    /// Starts a child; it is ready later.
    synchronized Child start(ChildSpec spec) {
        if (isStopping) {
            throw new Trouble("stopped before everything was started");
        }
        var child = new Child(spec, layout.log(spec.name()), progress, this::started);
        children.add(child);
        child.start();
        return child;
    }

    private synchronized void started(RecordedChild child) {
        record = record.with(child);
        record.save(layout.runFile());
    }

    synchronized void declareReady() {
        if (!isStopping) {
            record = record.ready();
            record.save(layout.runFile());
        }
    }

    /// Says how later starts can be made faster; [#prepareNextStart] does it.
    synchronized void practise(WarmStart wanted) {
        warmStart = Optional.of(wanted);
    }

    /// Makes what the next start is faster with; a stop ends it.
    void prepareNextStart() {
        warmStart().ifPresent(WarmStart::run);
    }

    private synchronized Optional<WarmStart> warmStart() {
        return warmStart;
    }

    synchronized List<Child> children() {
        return List.copyOf(children);
    }

    private synchronized void refuseStarts() {
        isStopping = true;
    }

    /// Kills the tasks, then stops the children, the last started first: PostgreSQL last of all.
    void stop() throws InterruptedException {
        refuseStarts();
        warmStart().ifPresent(WarmStart::stop);
        var stopping = children();
        boolean hasMaster = stopping.stream().anyMatch(Cluster::isMaster);
        if (hasMaster && isRunning(stopping, "agent-1")) {
            new TaskSweep(progress).run(record(), layout, SWEEP_LIMIT);
        }
        for (var child : stopping.reversed()) {
            progress.say("stopping " + child.spec().name());
            child.stop(STOP_LIMIT);
        }
        new Leftovers(layout, progress).killTasks();
    }

    /// Ends everything at once. Tasks whose agent dies so go on; a later run adopts them.
    void kill() {
        refuseStarts();
        warmStart().ifPresent(WarmStart::stop);
        children().forEach(Child::kill);
    }

    /// Who the launcher is to its own cluster.
    Identity identity() {
        return record().identity(layout);
    }

    private synchronized RunRecord record() {
        return record;
    }

    private static boolean isMaster(Child child) {
        return Services.isMaster(child.spec().name());
    }

    private static boolean isRunning(List<Child> children, String name) {
        return children.stream().anyMatch(child -> child.spec().name().equals(name));
    }
}
