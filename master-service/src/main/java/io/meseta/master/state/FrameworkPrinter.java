package io.meseta.master.state;

import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Task;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.views.ClusterView;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Times;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskState;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Prints frameworks as the older endpoints do.
final class FrameworkPrinter {

    private final JsonPrinter json;
    private final ClusterView view;
    private final Usage usage;
    private final boolean isPast;

    FrameworkPrinter(JsonPrinter json, Usage usage, Scene scene) {
        this.json = json;
        this.usage = usage;
        this.view = scene.view();
        this.isPast = scene.isPast();
    }

    /// The members that every endpoint shows.
    void summary(Framework framework) throws IOException {
        summary(framework, framework.isConnected());
    }

    private void summary(Framework framework, boolean isActive) throws IOException {
        var id = framework.id();
        var info = Sealed.framework(framework.profile().wire());
        json.field("id", id.value());
        json.field("name", framework.profile().name());
        ResourcesPrinter.print(json, "used_resources", Usage.total(usage.used(id)));
        if (!isPast)
            ResourcesPrinter.print(json, "offered_resources", Usage.total(usage.offered(id)));
        json.strings(
                "capabilities",
                info.getCapabilitiesList().stream()
                        .map(FrameworkInfo.Capability::getType)
                        .filter(type -> type != FrameworkInfo.Capability.Type.UNKNOWN)
                        .map(Enum::name));
        json.field("hostname", info.getHostname());
        json.field("webui_url", info.getWebuiUrl());
        if (isPast) return;
        json.field("active", isActive);
        json.field("connected", isActive);
        json.field("recovered", false);
    }

    /// A framework with all that it has.
    ///
    /// @param endedAt when it was removed; empty while it is there
    void print(Framework framework, Optional<Instant> endedAt) throws IOException {
        json.object(() -> {
            summary(framework, endedAt.isEmpty() && framework.isConnected());
            details(framework, endedAt);
            tasks(framework.id());
            if (!isPast) json.array("offers", offers(framework.id(), endedAt), this::print);
            json.array(
                    "executors",
                    endedAt.isPresent()
                            ? Stream.empty()
                            : view.executors()
                                    .filter(each -> each.key().framework().equals(framework.id())),
                    new ExecutorPrinter(json)::print);
            var info = Sealed.framework(framework.profile().wire());
            if (info.hasLabels())
                json.array("labels", info.getLabels().getLabelsList().stream(), json::message);
            if (isPast) return;
            var wanted = view.cluster().pool().traits(framework.id());
            if (wanted.isPresent())
                json.field(
                        "offer_constraints", Sealed.constraints(wanted.get().constraints().wire()));
            else json.object("offer_constraints", () -> {});
        });
    }

    @SuppressWarnings("deprecation") // `role` is all that a framework without MULTI_ROLE has
    private void details(Framework framework, Optional<Instant> endedAt) throws IOException {
        var profile = framework.profile();
        var info = Sealed.framework(profile.wire());
        json.field("user", profile.identity().user());
        json.field("failover_timeout", info.getFailoverTimeout());
        json.field("checkpoint", profile.identity().checkpoint());
        json.field("registered_time", Times.seconds(framework.registeredAt()));
        json.field("unregistered_time", endedAt.map(Times::seconds).orElse(0.0));
        if (info.hasPrincipal()) json.field("principal", info.getPrincipal());
        var id = framework.id();
        ResourcesPrinter.print(
                json,
                "resources",
                Usage.total(usage.used(id)).plus(Usage.total(usage.offered(id))));
        if (!framework.reregisteredAt().equals(framework.registeredAt()))
            json.field("reregistered_time", Times.seconds(framework.reregisteredAt()));
        if (profile.can(FrameworkCapability.MULTI_ROLE))
            json.strings("roles", info.getRolesList().stream());
        else json.field("role", info.getRole());
    }

    private void tasks(FrameworkId id) throws IOException {
        var printer = new TaskPrinter(json);
        json.array("tasks", view.tasksOf(id).filter(task -> !isUnreachable(task)), printer::print);
        json.array(
                "unreachable_tasks",
                view.tasksOf(id).filter(FrameworkPrinter::isUnreachable),
                printer::print);
        json.array("completed_tasks", view.completedTasksOf(id), printer::print);
    }

    private static boolean isUnreachable(Task task) {
        return task.state() == TaskState.TASK_UNREACHABLE;
    }

    private Stream<Offer> offers(FrameworkId id, Optional<Instant> endedAt) {
        return endedAt.isPresent() ? Stream.empty() : view.cluster().offers().of(id).stream();
    }

    private void print(Offer offer) throws IOException {
        json.object(() -> {
            json.field("id", offer.id().value());
            json.field("framework_id", offer.framework().value());
            json.object("allocation_info", () -> json.field("role", offer.grant().role().name()));
            json.field("slave_id", offer.agent().value());
            ResourcesPrinter.print(json, "resources", offer.grant().resources());
        });
    }
}
