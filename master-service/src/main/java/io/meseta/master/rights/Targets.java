package io.meseta.master.rights;

import io.meseta.authorization.Attribute;
import io.meseta.authorization.Target;
import io.meseta.authorization.TargetKind;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.task.Task;
import io.meseta.master.wire.Sealed;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.FrameworkId;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.conversion.Conversion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The cluster's things as policies know them.
final class Targets {

    private Targets() {}

    /// A framework, once for each of its roles.
    static Stream<Target> framework(FrameworkProfile profile, String id) {
        var identity = profile.identity();
        var plain = Target.of(TargetKind.FRAMEWORKS, Attribute.USER, identity.user());
        var owned =
                identity.principal()
                        .map(principal -> plain.and(Attribute.PRINCIPAL, principal.name()))
                        .orElse(plain);
        var whole = id.isEmpty() ? owned : owned.and(Attribute.FRAMEWORK, id);
        return profile.roles().stream().map(role -> whole.and(Attribute.ROLE, role.name()));
    }

    static Stream<Target> framework(Framework framework) {
        return framework(framework.profile(), framework.id().value());
    }

    /// The same with a role that it has left, and in which it still has something.
    static Stream<Target> framework(Framework framework, Role role) {
        if (framework.profile().roles().contains(role)) return framework(framework);
        return framework(framework)
                .flatMap(each -> Stream.of(each, each.and(Attribute.ROLE, role.name())));
    }

    /// A task that runs or shall run, in the name of this role.
    static Target task(FrameworkProfile profile, FrameworkId framework, TaskInfo task, Role role) {
        var target =
                Target.of(TargetKind.TASKS, Attribute.ROLE, role.name())
                        .and(Attribute.USER, user(profile, task))
                        .and(Attribute.FRAMEWORK, framework.value())
                        .and(Attribute.TASK, task.getTaskId().getValue());
        var agent = task.getAgentId().getValue();
        if (!agent.isEmpty()) target = target.and(Attribute.AGENT, agent);
        var service = task.getDiscovery().getName();
        if (!service.isEmpty()) target = target.and(Attribute.SERVICE, service);
        var principal = profile.identity().principal();
        return principal.isPresent()
                ? target.and(Attribute.PRINCIPAL, principal.get().name())
                : target;
    }

    /// What an operation is about: reserved resources, each with whoever reserved it, or made the
    /// volume of it.
    static Stream<Target> resources(FrameworkId framework, OperationSpec spec) {
        return resources(spec).map(each -> each.and(Attribute.FRAMEWORK, framework.value()));
    }

    /// The same for nobody's operations.
    static Stream<Target> resources(AgentId agent, OperationSpec spec) {
        return resources(spec).map(each -> each.and(Attribute.AGENT, agent.value()));
    }

    private static Stream<Target> resources(OperationSpec spec) {
        var conversion = spec.conversion();
        var about =
                switch (spec.type()) {
                    case RESERVE, CREATE, GROW_VOLUME, SHRINK_VOLUME -> conversion.converted();
                    case UNRESERVE, DESTROY -> conversion.consumed();
                };
        return about.stream()
                .map(Resource::kind)
                .filter(ResourceKind::isReserved)
                .map(kind -> {
                    var reservation = kind.reservations().getLast();
                    return reserved(
                            reservation,
                            kind.disk()
                                    .flatMap(Disk::persistence)
                                    .map(Disk.Persistence::principal)
                                    .orElse(reservation.principal()));
                });
    }

    private static Target reserved(Reservation reservation, Optional<String> owner) {
        var target = Target.of(TargetKind.RESOURCES, Attribute.ROLE, reservation.role().name());
        return owner.map(name -> target.and(Attribute.PRINCIPAL, name)).orElse(target);
    }

    /// The reservations that an update takes away, each once; none if one is only added.
    static Stream<Target> released(AgentId agent, OperationSpec spec) {
        var conversion = spec.conversion();
        return isUpdate(conversion)
                ? apart(agent, conversion.consumed(), stack(conversion.converted()))
                : Stream.empty();
    }

    /// The reservations that are added, each once. What is reserved as it was is asked for as if it
    /// were added.
    static Stream<Target> reserved(AgentId agent, OperationSpec spec) {
        var conversion = spec.conversion();
        if (!isUpdate(conversion)) return resources(agent, spec);
        var before = stack(conversion.consumed());
        var added = apart(agent, conversion.converted(), before).toList();
        return added.isEmpty() ? resources(agent, spec) : added.stream();
    }

    private static boolean isUpdate(Conversion conversion) {
        return !conversion.equals(Conversion.reserving(conversion.converted().stream().toList()));
    }

    /// Resources of one update are all reserved alike.
    private static List<Reservation> stack(Resources resources) {
        return resources.stream()
                .map(each -> each.kind().reservations())
                .reduce(Targets::common)
                .orElse(List.of());
    }

    private static List<Reservation> common(List<Reservation> some, List<Reservation> others) {
        int length = 0;
        while (length < Math.min(some.size(), others.size())
                && some.get(length).equals(others.get(length))) length++;
        return some.subList(0, length);
    }

    private static Stream<Target> apart(
            AgentId agent, Resources resources, List<Reservation> kept) {
        return resources.stream()
                .map(each -> each.kind().reservations())
                .flatMap(stack -> stack.subList(common(stack, kept).size(), stack.size()).stream())
                .distinct()
                .map(each -> reserved(each, each.principal()))
                .map(target -> target.and(Attribute.AGENT, agent.value()));
    }

    static Target executor(FrameworkProfile profile, Executor executor) {
        var command = Sealed.executor(executor.spec().wire()).getCommand();
        var user = command.hasUser() ? command.getUser() : profile.identity().user();
        var target =
                Target.of(TargetKind.TASKS, Attribute.ROLE, executor.role().name())
                        .and(Attribute.USER, user)
                        .and(Attribute.FRAMEWORK, executor.key().framework().value())
                        .and(Attribute.AGENT, executor.agent().value());
        return profile.identity()
                .principal()
                .map(principal -> target.and(Attribute.PRINCIPAL, principal.name()))
                .orElse(target);
    }

    static Target role(Role role) {
        return Target.of(TargetKind.ROLES, Attribute.ROLE, role.name());
    }

    static Target task(FrameworkProfile profile, Task task) {
        var info = Sealed.task(task.spec().wire());
        return task(profile, task.key().framework(), info, task.spec().role());
    }

    /// As Mesos has it: the command's, else the executor's, else the framework's.
    private static String user(FrameworkProfile profile, TaskInfo task) {
        if (task.getCommand().hasUser()) return task.getCommand().getUser();
        if (task.getExecutor().getCommand().hasUser()) {
            return task.getExecutor().getCommand().getUser();
        }
        return profile.identity().user();
    }
}
