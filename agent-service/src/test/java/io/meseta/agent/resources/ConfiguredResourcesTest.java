package io.meseta.agent.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meseta.mesos.resources.InvalidResource;
import io.meseta.mesos.resources.ResourceReading;
import io.meseta.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredResourcesTest {

    private static final String ALL = "cpus:2;mem:512;disk:100;ports:[1-2]";

    @TempDir private Path work;

    private String read(String setting, String role) {
        var resources = ConfiguredResources.of(setting, new Role(role), work).resources();
        try {
            return ResourceReading.read(resources).toString();
        } catch (InvalidResource impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String disk(String type, String root) {
        return ("{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":50},"
                        + "\"disk\":{\"source\":"
                        + "{\"type\":\"%s\",\"%s\":{\"root\":\"%s\"}}}}")
                .formatted(type, type.toLowerCase(Locale.ROOT), root);
    }

    private static String json(String... resources) {
        return "["
                + String.join(",", resources)
                + ",{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":2}}"
                + ",{\"name\":\"mem\",\"type\":\"SCALAR\",\"scalar\":{\"value\":512}}"
                + ",{\"name\":\"ports\",\"type\":\"RANGES\","
                + "\"ranges\":{\"range\":[{\"begin\":1,\"end\":2}]}}]";
    }

    @Test
    void givesWhatNamesNoRoleToTheDefaultRole() {
        assertThat(read("cpus(*):1;cpus:2;mem(dev):512;disk:100;ports:[1-2]", "ops"))
                .isEqualTo(
                        "cpus:1; cpus(reservations: [(STATIC,ops)]):2;"
                                + " disk(reservations: [(STATIC,ops)]):100;"
                                + " mem(reservations: [(STATIC,dev)]):512;"
                                + " ports(reservations: [(STATIC,ops)]):[1-2]");
        assertThat(read(ALL, "*")).isEqualTo("cpus:2; disk:100; mem:512; ports:[1-2]");
    }

    @Test
    void findsOutWhatIsNotNamed() {
        assertThat(read("cpus:2", "*")).contains("; mem:").contains("; disk:").contains("[31000-");
        assertThat(read(json(disk("PATH", work.toString())), "ops"))
                .contains("disk(reservations: [(STATIC,ops)])[PATH:" + work + "]:50")
                .doesNotContain("disk:");
    }

    @Test
    void readsStacksOfReservationsFromAFile() throws IOException {
        var file = work.resolve("resources.json");
        Files.writeString(
                file,
                json(
                        "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":50},"
                                + "\"reservations\":[{\"type\":\"STATIC\",\"role\":\"dev\"}]}"));

        assertThat(read("file://" + file, "*"))
                .isEqualTo("cpus:2; disk(reservations: [(STATIC,dev)]):50; mem:512; ports:[1-2]");
    }

    @Test
    void takesNoDiskThatIsNotThereOrHoldsTheAgentItself() {
        refuses(json(disk("MOUNT", work.resolve("nowhere").toString())), "is not there");
        refuses(json(disk("MOUNT", work.toString())), "holds the agent's own directory");
        refuses(json(disk("MOUNT", "/")), "holds the agent's own directory");
        refuses(
                json(
                        "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":50},"
                                + "\"disk\":{\"source\":{\"type\":\"BLOCK\"}}}"),
                "resource providers alone");
    }

    @Test
    void takesNothingThatComesAboutLater() {
        refuses(
                json(
                        "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":50},"
                                + "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"dev\"}]}"),
                "reserved dynamically");
        refuses("[{]", "syntax error");
        refuses("file:///nowhere/at/all", "can't read /nowhere/at/all");
        refuses("cpus", "missing ':'");
    }

    private void refuses(String setting, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(setting, "*"))
                .withMessageContaining(why);
    }
}
