package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.v1.TaskInfo;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResourceUseTest {

    private static final String VOLUME =
            "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":9},%s\"disk\":{"
                    + "\"persistence\":{\"id\":\"v\"},\"volume\":{\"container_path\":\"p\","
                    + "\"mode\":\"RW\"%s}}}";

    private static final String RESERVED =
            "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"%s\"}],";

    private static final String CPUS =
            "{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}%s}";

    @Test
    void refusesVolumesThatNobodyCouldHaveMade() throws UnreadableJson {
        assertThat(problem(VOLUME.formatted("", "")))
                .contains(
                        "Task uses invalid resources: Invalid DiskInfo: Persistent volumes cannot"
                                + " be created from unreserved resources");
        assertThat(problem(VOLUME.formatted(RESERVED.formatted("a") + "\"revocable\":{},", "")))
                .contains(
                        "Task uses invalid resources: Invalid DiskInfo: Persistent volumes cannot"
                                + " be created from revocable resources");
        assertThat(problem(VOLUME.formatted(RESERVED.formatted("a"), ",\"host_path\":\"/x\"")))
                .contains(
                        "Task uses invalid resources: Invalid DiskInfo: Expecting 'host_path' to"
                                + " be unset for persistent volume");
        assertThat(problem(VOLUME.formatted(RESERVED.formatted("a"), ""))).isEmpty();
    }

    @Test
    void refusesTwoVolumesOfOneNameInOneRole() throws UnreadableJson {
        var ofA = VOLUME.formatted(RESERVED.formatted("a"), "");
        var ofB = VOLUME.formatted(RESERVED.formatted("b"), "");

        assertThat(problem(ofA + "," + ofA))
                .contains("Task uses duplicate persistence ID: Persistence ID 'v' is not unique");
        assertThat(problem(ofA + "," + ofB)).isEmpty();
    }

    @Test
    void refusesPartsOfDevices() throws UnreadableJson {
        assertThat(problem("{\"name\":\"gpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":0.5}}"))
                .contains(
                        "Task uses invalid resources: Invalid 'gpus' resource: The 'gpus' resource"
                                + " must be an unsigned integer");
    }

    @Test
    void refusesReservationsOfWhatMayBeTakenBack() throws UnreadableJson {
        var reservation = ",\"reservations\":[{\"type\":\"%s\",\"role\":\"a\"}],\"revocable\":{}";

        assertThat(problem(CPUS.formatted(reservation.formatted("DYNAMIC"))))
                .hasValueSatisfying(text ->
                        assertThat(text)
                                .startsWith(
                                        "Task uses invalid resources: Invalid ReservationInfo:"
                                                + " Dynamically reserved resource cpus")
                                .endsWith(" cannot be created from revocable resources"));
        assertThat(problem(CPUS.formatted(reservation.formatted("STATIC")))).isEmpty();
    }

    @Test
    void refusesToMixWhatMayBeTakenBackWithWhatMayNot() throws UnreadableJson {
        assertThat(problem(CPUS.formatted("") + "," + CPUS.formatted(",\"revocable\":{}")))
                .contains(
                        "Task mixes revocable and non-revocable resources: Cannot use both"
                                + " revocable and non-revocable 'cpus' at the same time");
    }

    private static Optional<String> problem(String resources) throws UnreadableJson {
        var json =
                "{\"name\":\"t\",\"task_id\":{\"value\":\"t\"},\"agent_id\":{\"value\":\"a\"},"
                        + "\"resources\":["
                        + resources
                        + "]}";
        var task =
                MesosJson.read(
                        json.getBytes(StandardCharsets.UTF_8),
                        TaskInfo.getDefaultInstance(),
                        JsonLimits.DEFAULT);
        try {
            var _ = ResourceUse.TASK.read(task.getResourcesList());
            return Optional.empty();
        } catch (Unacceptable invalid) {
            return Optional.of(invalid.getMessage());
        }
    }
}
