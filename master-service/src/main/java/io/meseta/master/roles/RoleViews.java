package io.meseta.master.roles;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.role.RoleUsage;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.views.ClusterView;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.WeightInfo;
import io.meseta.mesos.v1.master.Response;
import io.meseta.mesos.v1.quota.QuotaConfig;
import io.meseta.mesos.v1.quota.QuotaInfo;
import io.meseta.mesos.v1.quota.QuotaStatus;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import io.meseta.model.quota.Quota;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Roles in the messages of the operator API and in the documents of the older endpoints.
final class RoleViews {

    private static final double PER_UNIT = 1_000;

    private final RolesProperties properties;

    RoleViews(RolesProperties properties) {
        this.properties = properties;
    }

    Response roles(ClusterView view) {
        var usage = view.cluster().roleUsage();
        var roles = Response.GetRoles.newBuilder();
        for (var role : shown(view, usage)) {
            var wire =
                    io.meseta.mesos.v1.Role.newBuilder()
                            .setName(role.name())
                            .setWeight(view.cluster().roles().weight(role).value())
                            .addAllResources(resources(usage.of(role).held().byName()));
            frameworks(view, usage, role).map(WireNames::id).forEach(wire::addFrameworks);
            roles.addRoles(wire);
        }
        return Response.newBuilder().setType(Response.Type.GET_ROLES).setGetRoles(roles).build();
    }

    /// @param isPast whether nobody knows what was offered
    void print(JsonPrinter json, ClusterView view, boolean isPast) throws IOException {
        var usage = view.cluster().roleUsage();
        json.array(
                "roles",
                shown(view, usage).stream(),
                role ->
                        json.object(() -> {
                            print(json, view, usage, role);
                            if (!isPast) print(json, "offered", usage.of(role).offered().byName());
                        }));
    }

    private static void print(JsonPrinter json, ClusterView view, RoleUsage usage, Role role)
            throws IOException {
        var roles = view.cluster().roles();
        var quota = roles.quota(role).orElse(Quota.NONE);
        var figures = usage.of(role);
        json.field("name", role.name());
        json.field("weight", roles.weight(role).value());
        json.object(
                "quota",
                () -> {
                    json.field("role", role.name());
                    print(json, "guarantee", quota.guarantees().byName());
                    print(json, "limit", quota.limits().amounts());
                    print(json, "consumed", figures.consumed().byName());
                });
        print(json, "resources", figures.allocated().plus(figures.offered()).byName());
        print(json, "allocated", figures.allocated().byName());
        print(json, "reserved", figures.reserved().byName());
        json.strings("frameworks", frameworks(view, usage, role).map(FrameworkId::value));
    }

    private static void print(JsonPrinter json, String name, SortedMap<String, Long> amounts)
            throws IOException {
        json.object(
                name,
                () -> {
                    for (var each : amounts.entrySet())
                        json.field(each.getKey(), each.getValue() / PER_UNIT);
                });
    }

    /// With a whitelist, exactly what is on it, and the roles above.
    private SortedSet<Role> shown(ClusterView view, RoleUsage usage) {
        var roles = properties.only().map(RoleViews::withThoseAbove).orElseGet(usage::roles);
        var shown = new TreeSet<Role>();
        for (var role : roles) if (view.visibility().shows(role)) shown.add(role);
        return shown;
    }

    private static SortedSet<Role> withThoseAbove(SortedSet<Role> roles) {
        var all = new TreeSet<>(roles);
        for (var role : roles) all.addAll(role.ancestors());
        return all;
    }

    private static Stream<FrameworkId> frameworks(ClusterView view, RoleUsage usage, Role role) {
        return usage.frameworks(role).stream()
                .filter(id ->
                        view.cluster().framework(id).filter(view.visibility()::shows).isPresent());
    }

    static List<WeightInfo> weights(Cluster cluster, Predicate<Role> isShown) {
        return cluster.roles().weights().entrySet().stream()
                .filter(each -> isShown.test(each.getKey()))
                .map(each ->
                        WeightInfo.newBuilder()
                                .setRole(each.getKey().name())
                                .setWeight(each.getValue().value())
                                .build())
                .toList();
    }

    static QuotaStatus quotas(Cluster cluster, Predicate<Role> isShown) {
        var infos = new TreeMap<String, QuotaInfo>();
        var status = QuotaStatus.newBuilder();
        cluster.roles()
                .quotas()
                .forEach((role, quota) -> {
                    if (!isShown.test(role)) return;
                    infos.put(
                            role.name(),
                            QuotaInfo.newBuilder()
                                    .setRole(role.name())
                                    .addAllGuarantee(resources(quota.guarantees().byName()))
                                    .build());
                    status.addConfigs(config(role, quota));
                });
        return withInfos(status, infos);
    }

    @SuppressWarnings("deprecation") // older tools read nothing else
    private static QuotaStatus withInfos(QuotaStatus.Builder status, Map<String, QuotaInfo> infos) {
        return status.addAllInfos(infos.values()).build();
    }

    static QuotaConfig config(Role role, Quota quota) {
        var config = QuotaConfig.newBuilder().setRole(role.name());
        quota.guarantees()
                .byName()
                .forEach((name, amount) -> config.putGuarantees(name, scalar(amount)));
        quota.limits().amounts().forEach((name, amount) -> config.putLimits(name, scalar(amount)));
        return config.build();
    }

    private static List<Resource> resources(SortedMap<String, Long> amounts) {
        return amounts.entrySet().stream()
                .map(each ->
                        Resource.newBuilder()
                                .setName(each.getKey())
                                .setType(Value.Type.SCALAR)
                                .setScalar(scalar(each.getValue()))
                                .build())
                .toList();
    }

    private static Value.Scalar scalar(long thousandths) {
        return Value.Scalar.newBuilder().setValue(thousandths / PER_UNIT).build();
    }
}
