package io.meseta.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.SecureCluster;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Places behind a gateway that are not for everybody.
public final class Places {

    private Places() {}

    /// The figures are there to be read; nobody is told more by another method than that.
    public static List<String> methods(String path) {
        var reading = List.of("GET", "HEAD");
        return path.startsWith("/actuator/") ? reading : List.of("GET", "HEAD", "POST", "DELETE");
    }

    /// One path at least of each family that the gateway's map knows, whatever is added to it.
    public static List<String> paths(SecureCluster cluster) throws IOException {
        var agent =
                SecureCluster.json(cluster.get("/api/meseta/v1/agents", cluster.admin()).body())
                        .itemsOf("items")
                        .stream()
                        .findFirst()
                        .flatMap(each -> each.textOf("id"))
                        .orElse("unknown");
        var paths =
                new ArrayList<>(
                        List.of(
                                "/api/v1",
                                "/api/v1/scheduler",
                                "/api/v1/executor",
                                "/api/meseta/v1/tasks",
                                "/api/meseta/v1/events",
                                "/api/meseta/v1/nothing",
                                "/api/gateway/v1/services",
                                "/api/gateway/v1/openapi",
                                "/auth/v1/users",
                                "/auth/v1/policies",
                                "/auth/v1/bundle",
                                "/auth/v1/me",
                                "/auth/v1/nothing",
                                "/auth/nothing",
                                "/services/greeter/",
                                "/services/greeter:http/a/b",
                                "/services/nobody/x",
                                "/agents/" + agent + "/state",
                                "/agents/" + agent + "/files/read",
                                "/agents/nobody/state",
                                "/agents",
                                "/actuator/prometheus",
                                "/actuator/env",
                                "/nowhere",
                                "/nowhere/at/all"));
        var gateway = RepositoryRoot.find().resolve("gateway/src/main/java/io/meseta/gateway");
        var map = Files.readString(gateway.resolve("routes/RouteMap.java"));
        var ofMaster = Pattern.compile("MASTER =\\s+Set\\.of\\(([^;]*)\\);").matcher(map);
        assertThat(ofMaster.find()).isTrue();
        var words = Pattern.compile("\"([^\"]+)\"").matcher(ofMaster.group(1));
        var families = words.results().map(word -> word.group(1)).toList();
        assertThat(families).contains("master", "state", "files");
        for (var family : families) {
            if (!family.equals("health")) paths.add("/" + family);
            paths.add("/" + family + "/state");
        }
        return paths;
    }
}
