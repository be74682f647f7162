package io.meseta.master.state;

import static java.util.stream.Collectors.toSet;

import io.meseta.master.about.Self;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Sight.Elsewhere;
import io.meseta.master.views.ClusterView;
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
    private final Scene scene;
    private final ClusterView view;
    private final Usage usage;

    StatePrinter(JsonPrinter json, Self self, Scene scene) {
        this.json = json;
        this.self = self;
        this.scene = scene;
        this.view = scene.view();
        this.usage = Usage.of(view.cluster());
    }

    void state() throws IOException {
        json.field("version", Self.MESOS_VERSION);
        json.field("build_user", Self.BUILDER);
        if (!scene.isPast()) json.field("start_time", Times.seconds(self.startedAt()));
        json.field("elected_time", Times.seconds(view.cluster().reign().since()));
        json.field("id", view.cluster().reign().master().value());
        json.field("pid", self.pid());
        json.field("hostname", self.hostname());
        if (self.domain().isPresent()) json.field("domain", self.domain().get());
        json.strings("capabilities", self.capabilities().stream());
        if (!scene.isPast()) activeSlaves();
        json.field("unreachable_slaves", (double) count(Agent::isUnreachable));
        leader();
        cluster();
        if (view.visibility().showsFlags() && !scene.isPast()) flags();
        slaves(agents(), (_, _) -> {});
        frameworks(_ -> true);
        json.array("orphan_tasks", Stream.empty(), json::message);
        json.array("unregistered_frameworks", Stream.empty(), json::message);
    }

    private void activeSlaves() throws IOException {
        json.field("activated_slaves", (double) count(this::isActive));
        json.field(
                "deactivated_slaves",
                (double) count(agent -> !isActive(agent) && !agent.isUnreachable()));
    }

    private void flags() throws IOException {
        json.object(
                "flags",
                () -> {
                    for (var flag : self.flags().entrySet())
                        json.field(flag.getKey(), flag.getValue());
                });
    }

    /// Of a leader elsewhere only its address is known; of no leader, nothing.
    private void leader() throws IOException {
        var other = scene.elsewhere().flatMap(Elsewhere::leader);
        if (scene.elsewhere().isPresent() && other.isEmpty()) return;
        var address = other.orElseGet(self::address);
        var pid =
                other.map(each -> "master@" + each.host() + ":" + each.port()).orElseGet(self::pid);
        json.field("leader", pid);
        json.object(
                "leader_info",
                () -> {
                    json.field("id", view.cluster().reign().master().value());
                    json.field("pid", pid);
                    json.field("port", address.port());
                    json.field("hostname", address.host());
                    if (other.isEmpty() && self.domain().isPresent())
                        json.field("domain", self.domain().get());
                });
    }

    private void cluster() throws IOException {
        if (self.cluster().isPresent()) json.field("cluster", self.cluster().get());
    }

    private long count(Predicate<Agent> predicate) {
        return view.agents().filter(predicate).count();
    }

    /// Those that Mesos would call registered.
    private boolean isActive(Agent agent) {
        return agent.isLinked() && !view.cluster().upkeep().isDeactivated(agent.id());
    }

    private Stream<Agent> agents() {
        return view.agents().filter(agent -> !agent.isUnreachable());
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
        var printer = new AgentPrinter(json, usage, scene);
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
        var printer = new FrameworkPrinter(json, usage, scene);
        json.array(
                "frameworks",
                view.frameworks().filter(isWanted),
                framework -> printer.print(framework, Optional.empty()));
        json.array(
                "completed_frameworks",
                view.completedFrameworks().filter(ended -> isWanted.test(ended.framework())),
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
        return Stream.concat(view.tasks(), view.completedTasks());
    }

    /// Without any status, a task comes before all that have one.
    private static Instant firstSeen(Task task) {
        var changes = task.trail().changes();
        return changes.isEmpty() ? Instant.EPOCH : changes.getFirst().at();
    }

    /// Tasks of frameworks that are over are not counted: Mesos counts by registered framework.
    void summary() throws IOException {
        var byAgent = new TreeMap<String, Counts>();
        var byFramework = new TreeMap<String, Counts>();
        var registered = view.frameworks().map(Framework::id).collect(toSet());
        everyTask()
                .filter(task -> registered.contains(task.key().framework()))
                .forEach(task -> {
                    var agent = task.agent().value();
                    var framework = task.key().framework().value();
                    Counts.at(byAgent, agent).add(task, framework);
                    Counts.at(byFramework, framework).add(task, agent);
                });
        json.field("hostname", self.hostname());
        cluster();
        var agents = new AgentPrinter(json, usage, scene);
        json.array(
                "slaves",
                agents(),
                agent ->
                        json.object(() -> {
                            agents.members(agent);
                            counts(byAgent, agent.id().value(), "framework_ids");
                        }));
        var frameworks = new FrameworkPrinter(json, usage, scene);
        json.array(
                "frameworks",
                view.frameworks(),
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
