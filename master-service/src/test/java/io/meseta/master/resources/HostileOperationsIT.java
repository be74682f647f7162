package io.meseta.master.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.TestMaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever operators say of resources is done or refused in words, and leaves the agent with as
/// much as it had.
final class HostileOperationsIT {

    private static final int CALLS = 600;
    private static final long SEED = 20_261_123;

    private static final List<String> NAMES =
            List.of("cpus", "mem", "disk", "gpus", "ports", "x", "");
    private static final List<String> NUMBERS =
            List.of("1", "0", "0.5", "0.0001", "-1", "1e300", "1e12", "8192", "\"1\"", "null");
    private static final List<String> ROLES =
            List.of("dev", "dev/a", "dev/a/b", "ops", "*", "", "..", "a//b", "/x");
    private static final List<String> CALLED =
            List.of(
                    "RESERVE_RESOURCES",
                    "UNRESERVE_RESOURCES",
                    "CREATE_VOLUMES",
                    "DESTROY_VOLUMES",
                    "GROW_VOLUME",
                    "SHRINK_VOLUME");

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void answersWhateverIsAsked() {
        try (var master = TestMaster.start();
                var agent =
                        ScriptedAgent.hello(
                                master.http(),
                                ScriptedAgent.machine().build(),
                                ScriptedAgent.running())) {
            var id = agent.id();
            for (int i = 0; i < CALLS; i++) {
                var call = call(id);
                var reply = master.http().postJson("/api/v1", call);
                assertThat(reply.status())
                        .as("seed %d, call %d: %s -> %s", SEED, i, call, reply.text())
                        .isIn(202, 400, 409);
            }
            var total = master.leadership().cluster().agents().firstEntry().getValue().profile();
            assertThat(total.resources().scalar("cpus")).as("seed %d", SEED).isEqualTo(4_000);
            assertThat(total.resources().scalar("mem")).as("seed %d", SEED).isEqualTo(4_096_000);
            assertThat(total.resources().scalar("disk")).as("seed %d", SEED).isEqualTo(8_192_000);
        }
    }

    private String call(String agent) {
        var type = pick(CALLED);
        var members =
                switch (type) {
                    case "RESERVE_RESOURCES" ->
                            "\"resources\":%s,\"source\":%s"
                                    .formatted(some(), maybe() ? some() : "[]");
                    case "UNRESERVE_RESOURCES" -> "\"resources\":" + some();
                    case "GROW_VOLUME" ->
                            "\"volume\":%s,\"addition\":%s".formatted(resource(), resource());
                    case "SHRINK_VOLUME" ->
                            "\"volume\":%s,\"subtract\":{\"value\":%s}"
                                    .formatted(resource(), number());
                    default -> "\"volumes\":" + some();
                };
        return "{\"type\":\"%s\",\"%s\":{\"agent_id\":{\"value\":\"%s\"},%s}}"
                .formatted(type, type.toLowerCase(Locale.ROOT), agent, members);
    }

    private String some() {
        var all = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) all.add(resource());
        return "[" + String.join(",", all) + "]";
    }

    private String resource() {
        var members = new ArrayList<String>();
        members.add("\"name\":\"%s\"".formatted(pick(NAMES)));
        if (random.nextInt(6) == 0)
            members.add(
                    "\"type\":\"RANGES\",\"ranges\":{\"range\":[{\"begin\":%d,\"end\":%d}]}"
                            .formatted(random.nextInt(40_000), random.nextInt(40_000)));
        else members.add("\"type\":\"SCALAR\",\"scalar\":{\"value\":%s}".formatted(number()));
        if (maybe()) members.add("\"reservations\":" + stack());
        else if (maybe()) members.add("\"role\":\"%s\"".formatted(pick(ROLES)));
        if (random.nextInt(5) == 0) members.add("\"reservation\":{\"principal\":\"p\"}");
        if (maybe()) members.add("\"disk\":" + disk());
        if (random.nextInt(10) == 0) members.add("\"shared\":{}");
        if (random.nextInt(10) == 0) members.add("\"revocable\":{}");
        if (random.nextInt(15) == 0) members.add("\"provider_id\":{\"value\":\"p\"}");
        if (random.nextInt(15) == 0) members.add("\"allocation_info\":{\"role\":\"dev\"}");
        return "{" + String.join(",", members) + "}";
    }

    private String stack() {
        var all = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--)
            all.add(
                    "{\"type\":\"%s\",\"role\":\"%s\"}"
                            .formatted(random.nextInt(8) == 0 ? "STATIC" : "DYNAMIC", pick(ROLES)));
        return "[" + String.join(",", all) + "]";
    }

    private String disk() {
        var members = new ArrayList<String>();
        if (maybe())
            members.add(
                    "\"persistence\":{\"id\":\"%s\"}"
                            .formatted(pick(List.of("v", "w", "a/b", ""))));
        if (maybe()) members.add("\"volume\":{\"container_path\":\"d\",\"mode\":\"RW\"}");
        if (random.nextInt(4) == 0)
            members.add(
                    "\"source\":{\"type\":\"%s\"}"
                            .formatted(pick(List.of("PATH", "MOUNT", "RAW", "BLOCK"))));
        return "{" + String.join(",", members) + "}";
    }

    private String number() {
        return pick(NUMBERS);
    }

    private boolean maybe() {
        return random.nextBoolean();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
