package io.meseta.master.state;

import io.meseta.master.about.Self;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.core.task.Task;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Sight;
import io.meseta.master.wire.Times;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Prints the documents of the older endpoints.
final class StatePrinter {

    /// The states that a summary counts, in the order in which it shows them.
    private static final List<TaskState> COUNTED =
            List.of(
                    TaskState.TASK_STAGING,
                    TaskState.TASK_STARTING,
                    TaskState.TASK_RUNNING,
                    TaskState.TASK_KILLING,
                    TaskState.TASK_FINISHED,
                    TaskState.TASK_KILLED,
                    TaskState.TASK_FAILED,
                    TaskState.TASK_LOST,
                    TaskState.TASK_ERROR,
                    TaskState.TASK_UNREACHABLE);

    private final JsonPrinter json;
    private final Self self;
    private final Sight sight;
    private final Cluster cluster;
    private final Usage usage;

    StatePrinter(JsonPrinter json, Self self, Sight sight) {
        this.json = json;
        this.self = self;
        this.sight = sight;
        this.cluster = sight.cluster();
        this.usage = Usage.of(cluster);
    }

    void state() throws IOException {
        json.field("version", Self.MESOS_VERSION);
        json.field("build_user", Self.BUILDER);
        json.field("start_time", Times.seconds(self.startedAt()));
        json.field("elected_time", Times.seconds(sight.since()));
        json.field("id", sight.master().value());
        json.field("pid", self.pid());
        json.field("hostname", self.hostname());
        json.strings("capabilities", self.capabilities().stream());
        json.field("activated_slaves", (double) count(Agent::isLinked));
        json.field(
                "deactivated_slaves",
                (double) count(agent -> !agent.isLinked() && !agent.isUnreachable()));
        json.field("unreachable_slaves", (double) count(Agent::isUnreachable));
        leader();
        cluster();
        json.object(
                "flags",
                () -> {
                    for (var flag : self.flags().entrySet())
                        json.field(flag.getKey(), flag.getValue());
                });
        slaves(agents(), (_, _) -> {});
        frameworks(_ -> true);
        json.array("orphan_tasks", Stream.empty(), json::message);
        json.array("unregistered_frameworks", Stream.empty(), json::message);
    }

    /// Of a leader elsewhere only its address is known; of no leader, nothing.
    private void leader() throws IOException {
        var elsewhere = sight.elsewhere();
        var other = elsewhere.flatMap(Sight.Elsewhere::leader);
        if (elsewhere.isPresent() && other.isEmpty()) return;
        var address = other.orElseGet(self::address);
        var pid =
                other.map(each -> "master@" + each.host() + ":" + each.port()).orElseGet(self::pid);
        json.field("leader", pid);
        json.object(
                "leader_info",
                () -> {
                    json.field("id", sight.master().value());
                    json.field("pid", pid);
                    json.field("port", address.port());
                    json.field("hostname", address.host());
                });
    }

    private void cluster() throws IOException {
        if (self.cluster().isPresent()) json.field("cluster", self.cluster().get());
    }

    private long count(Predicate<Agent> predicate) {
        return cluster.agents().values().stream().filter(predicate).count();
    }

    /// Those that Mesos would call registered.
    private Stream<Agent> agents() {
        return cluster.agents().values().stream().filter(agent -> !agent.isUnreachable());
    }

    private interface Extra {
        void print(AgentPrinter printer, Agent agent) throws IOException;
    }

    void slaves(Optional<String> id) throws IOException {
        slaves(
                agents().filter(agent -> id.isEmpty() || agent.id().value().equals(id.get())),
                AgentPrinter::fullMembers);
    }

    private void slaves(Stream<Agent> agents, Extra extra) throws IOException {
        var printer = new AgentPrinter(json, usage);
        json.array(
                "slaves",
                agents,
                agent ->
                        json.object(() -> {
                            printer.members(agent);
                            extra.print(printer, agent);
                        }));
        // An agent that has yet to come back after a change of leader is known in full all the
        // same.
        json.array("recovered_slaves", Stream.empty(), json::message);
    }

    void frameworks(Optional<String> id) throws IOException {
        frameworks(framework -> id.isEmpty() || framework.id().value().equals(id.get()));
        json.array("unregistered_frameworks", Stream.empty(), json::message);
    }

    private void frameworks(Predicate<Framework> isWanted) throws IOException {
        var printer = new FrameworkPrinter(json, cluster, usage);
        json.array(
                "frameworks",
                cluster.frameworks().values().stream().filter(isWanted),
                framework -> printer.print(framework, Optional.empty()));
        json.array(
                "completed_frameworks",
                cluster.completed().frameworks().stream()
                        .filter(ended -> isWanted.test(ended.framework())),
                ended -> printer.print(ended.framework(), Optional.of(ended.at())));
    }

    /// What to show of the tasks.
    ///
    /// @param isAscending oldest first
    record Page(
            int limit,
            int offset,
            boolean isAscending,
            Optional<String> framework,
            Optional<String> task) {

        boolean isOf(TaskKey key) {
            return framework.map(id -> id.equals(key.framework().value())).orElse(true)
                    && task.map(id -> id.equals(key.task().value())).orElse(true);
        }
    }

    void tasks(Page page) throws IOException {
        var byTime = Comparator.comparing(StatePrinter::firstSeen);
        var tasks =
                everyTask()
                        .filter(task -> page.isOf(task.key()))
                        .sorted(page.isAscending() ? byTime : byTime.reversed())
                        .skip(page.offset())
                        .limit(page.limit());
        json.array("tasks", tasks, new TaskPrinter(json)::print);
    }

    private Stream<Task> everyTask() {
        var completed =
                cluster.completed().tasks().values().stream()
                        .flatMap(some -> some.stream())
                        .map(CompletedTask::task);
        return Stream.concat(cluster.tasks().all(), completed);
    }

    /// Without any status, a task comes before all that have one.
    private static Instant firstSeen(Task task) {
        var changes = task.trail().changes();
        return changes.isEmpty() ? Instant.EPOCH : changes.getFirst().at();
    }

    void summary() throws IOException {
        var byAgent = new TreeMap<String, Counts>();
        var byFramework = new TreeMap<String, Counts>();
        everyTask()
                .forEach(task -> {
                    var agent = task.agent().value();
                    var framework = task.key().framework().value();
                    Counts.at(byAgent, agent).add(task, framework);
                    Counts.at(byFramework, framework).add(task, agent);
                });
        json.field("hostname", self.hostname());
        cluster();
        var agents = new AgentPrinter(json, usage);
        json.array(
                "slaves",
                agents(),
                agent ->
                        json.object(() -> {
                            agents.members(agent);
                            counts(byAgent, agent.id().value(), "framework_ids");
                        }));
        var frameworks = new FrameworkPrinter(json, cluster, usage);
        json.array(
                "frameworks",
                cluster.frameworks().values().stream(),
                framework ->
                        json.object(() -> {
                            frameworks.summary(framework);
                            counts(byFramework, framework.id().value(), "slave_ids");
                        }));
    }

    private void counts(SortedMap<String, Counts> all, String id, String others)
            throws IOException {
        var counts = Counts.at(all, id);
        for (var state : COUNTED) json.field(state.name(), counts.of(state));
        json.strings(others, counts.others());
    }
}
