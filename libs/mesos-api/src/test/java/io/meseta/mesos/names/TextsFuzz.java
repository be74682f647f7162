package io.meseta.mesos.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceJson;
import io.meseta.model.Ids;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.testkit.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Texts that become ids, roles and resources: what has no problem is one, what has is none, and
/// nobody learns it from another kind of exception.
public final class TextsFuzz {

    private static final Fuzz FUZZ =
            Fuzz.of(TextsFuzz.class, TextsFuzz::fuzzerTestOneInput, TextsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(15_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var text = new String(input, StandardCharsets.UTF_8);
        checkId(text);
        checkRole(text);
        checkResources(text);
        try {
            var _ = ResourceJson.list(text);
        } catch (UnreadableJson | InvalidResource refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }

    private static void checkId(String text) {
        boolean isOne;
        try {
            isOne = new TaskId(text).value().equals(text);
        } catch (IllegalArgumentException _) {
            isOne = false;
        }
        assertThat(isOne).isEqualTo(Ids.problem(text).isEmpty());
    }

    private static void checkRole(String text) {
        if (Role.problem(text).isPresent()) return;
        var role = new Role(text);
        for (var ancestor : role.ancestors()) {
            assertThat(ancestor.isAncestorOf(role)).isTrue();
            assertThat(role.isAncestorOf(ancestor)).isFalse();
        }
        assertThat(role.parent()).isEqualTo(role.ancestors().stream().findFirst());
    }

    private static void checkResources(String text) {
        Resources resources;
        try {
            resources = Resources.parse(text);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
            return;
        }
        assertThat(resources.contains(resources)).isTrue();
        assertThat(resources.plus(Resources.EMPTY)).isEqualTo(resources);
        assertThat(resources.minus(resources).isEmpty()).isTrue();
    }

    private static List<byte[]> seeds() {
        return Stream.of(
                        "cpus:4;mem(eng):1024;ports:[31000-32000,33000-33000];disks:{a,b}",
                        "cpus(eng/web):0.001;gpus:2;x:{};y:[]",
                        "ports:[0-9223372036854775807];cpus:1000000000000",
                        "eng/web/dev",
                        "*",
                        "4a3f7c0e-9d1b-4f7a-a7d7-0b0c6c1a8f10-S0",
                        "[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]",
                        "{\"resources\":[]}",
                        "cpus:1;cpus:1;cpus(a):1;mem:[1-2];mem:3")
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
