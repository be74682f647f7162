package io.meseta.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class AgentFlagsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sayAsMesosDoesWhetherCallersAreAskedWhoTheyAre(boolean isOpen) {
        assertThat(flags(isOpen).of("cpus:1", "here", "5051"))
                .containsEntry("authenticate_http_readonly", "" + !isOpen)
                .containsEntry("authenticate_http_readwrite", "" + !isOpen);
    }

    @Test
    void bearTheNamesOfMesos() {
        assertThat(flags(true).of("cpus:1", "here", "5051"))
                .containsEntry("resources", "cpus:1")
                .containsEntry("hostname", "here")
                .containsEntry("port", "5051")
                .containsEntry("work_dir", "/nowhere");
    }

    @Test
    void sayHowContainersAreRun() {
        assertThat(flags(true).of("cpus:1", "here", "5051"))
                .containsEntry("containerizers", "mesos")
                .containsEntry("cgroups_root", "meseta")
                .containsEntry("docker_store_dir", "/nowhere/images")
                .containsEntry("enforce_container_disk_quota", "false")
                .containsEntry("xfs_project_range", "[5000-10000]")
                .containsEntry("meseta_containers_users_own", "false")
                .containsEntry("meseta_containers_users_first", "1000000000")
                .containsEntry("meseta_containers_users_size", "65536")
                .containsEntry("meseta_containers_users_ranges", "4096")
                .containsEntry("meseta_containers_runtimes", "crun,runc")
                .containsEntry("meseta_containers_mirrors", "docker.io=a.example,b.example")
                .containsEntry("meseta_containers_host_paths", "/srv/shown")
                .containsEntry("default_container_shm_size", "67108864B");
    }

    private static AgentFlags flags(boolean isOpen) {
        return new AgentFlags(properties(), containers(), isOpen);
    }

    private static ContainerProperties containers() {
        var settings =
                Map.of(
                        "meseta.agent.containers.images.mirrors[docker.io]", "a.example,b.example",
                        "meseta.agent.containers.bounds.host-paths", "/srv/shown");
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.agent.containers", ContainerProperties.class);
    }

    private static AgentProperties properties() {
        var settings = Map.of("meseta.agent.work-dir", "/nowhere");
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.agent", AgentProperties.class);
    }
}
