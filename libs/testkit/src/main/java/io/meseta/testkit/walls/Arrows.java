package io.meseta.testkit.walls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The one table of which module may depend on which (our own modules only). What is not listed is
/// forbidden. Kits for tests may be used in test scope by all but the modules below them.
final class Arrows {

    private static final String ANYTHING = "*";
    private static final String TESTKIT = "testkit";
    private static final String CLUSTER_TESTKIT = "cluster-testkit";

    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("cluster-model", Set.of()),
                    Map.entry("mesos-api", Set.of("cluster-model")),
                    Map.entry("allocator", Set.of("cluster-model")),
                    Map.entry("authorization", Set.of("cluster-model")),
                    Map.entry("client", Set.of("mesos-api")),
                    Map.entry("isolation", Set.of()),
                    Map.entry("container-images", Set.of("isolation")),
                    Map.entry("container-runtime", Set.of("isolation")),
                    Map.entry("service-platform", Set.of("mesos-api", "authorization")),
                    Map.entry(TESTKIT, Set.of("cluster-model")),
                    Map.entry(CLUSTER_TESTKIT, Set.of(TESTKIT, "master-core", "agent-core")),
                    Map.entry("master-core", Set.of("cluster-model", "allocator")),
                    Map.entry("agent-core", Set.of("cluster-model")),
                    Map.entry(
                            "master-service",
                            Set.of("master-core", "service-platform", "mesos-api", "isolation")),
                    Map.entry(
                            "agent-service",
                            Set.of(
                                    "agent-core",
                                    "service-platform",
                                    "mesos-api",
                                    "isolation",
                                    "container-images",
                                    "container-runtime")),
                    Map.entry(
                            "auth-service",
                            Set.of("service-platform", "authorization", "mesos-api")),
                    Map.entry("gateway", Set.of("service-platform", "mesos-api", "console")),
                    Map.entry("console", Set.of()),
                    Map.entry("orchestrator-service", Set.of("client", "service-platform")),
                    Map.entry("cli", Set.of("client")),
                    Map.entry("launcher", Set.of("client", "container-runtime")),
                    Map.entry("simulator", Set.of("master-core", "agent-core", CLUSTER_TESTKIT)),
                    Map.entry("benchmarks", Set.of(ANYTHING)),
                    Map.entry("end-to-end", Set.of()),
                    Map.entry("deployment", Set.of()));

    /// In test scope, beyond what a module may use anyway.
    private static final Map<String, Set<String>> MAY_TEST_WITH =
            Map.of(
                    "cluster-model",
                    Set.of(),
                    TESTKIT,
                    Set.of(),
                    "master-core",
                    Set.of(TESTKIT),
                    "agent-core",
                    Set.of(TESTKIT),
                    "master-service",
                    Set.of(TESTKIT, CLUSTER_TESTKIT),
                    "agent-service",
                    Set.of(TESTKIT, CLUSTER_TESTKIT),
                    "end-to-end",
                    // The services, so that they are built before; none of their classes.
                    Set.of(
                            TESTKIT,
                            "client",
                            "mesos-api",
                            "auth-service",
                            "master-service",
                            "agent-service",
                            "gateway",
                            "cli",
                            "launcher"));

    private Arrows() {}

    /// Every arrow of the repository at `root` which the table does not allow.
    static List<String> breaches(Path root) {
        var breaches = new ArrayList<String>();
        for (var module : Pom.read(root.resolve("pom.xml")).modules()) {
            breaches.addAll(breaches(Pom.read(root.resolve(module).resolve("pom.xml"))));
        }
        return breaches;
    }

    static List<String> breaches(Pom pom) {
        var allowed = MAY_USE.get(pom.artifact());
        if (allowed == null) return List.of(pom.artifact() + " is not in the table of arrows");
        var inTests = MAY_TEST_WITH.getOrDefault(pom.artifact(), Set.of(TESTKIT));
        return pom.arrows().stream()
                .filter(arrow -> !allowed.contains(ANYTHING))
                .filter(arrow -> !allowed.contains(arrow.target()))
                .filter(arrow -> !(arrow.isForTests() && inTests.contains(arrow.target())))
                .map(arrow -> pom.artifact() + " must not depend on " + arrow.target())
                .toList();
    }
}
