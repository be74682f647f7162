package io.meseta.testkit.database;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// PostgreSQL in a container, of the image that the system property `meseta.test.postgres.image`
/// names.
final class ContainerServer implements PostgresServer {

    private static final String IMAGE =
            System.getProperty("meseta.test.postgres.image", "postgres:18");
    private static final int INNER_PORT = 5432;

    private final PostgreSQLContainer container;
    private final int port;
    private boolean isRunning = true;

    private ContainerServer(PostgreSQLContainer container, int port) {
        this.container = container;
        this.port = port;
    }

    static ContainerServer startNew(Disk disk) {
        int port = freePort();
        var container =
                new PostgreSQLContainer(
                                DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"))
                        .withUsername(TestDatabase.USER)
                        .withDatabaseName("postgres")
                        .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                        .withCommand(
                                "postgres",
                                "-c",
                                "fsync=" + disk.setting(),
                                "-c",
                                "synchronous_commit=" + disk.setting(),
                                "-c",
                                "full_page_writes=" + disk.setting())
                        // The engine would choose another one at each start.
                        .withCreateContainerCmdModifier(
                                command -> bind(command.getHostConfig(), port));
        container.start();
        return new ContainerServer(container, port);
    }

    private static void bind(@Nullable HostConfig host, int port) {
        Optional.ofNullable(host)
                .orElseThrow(() -> new IllegalStateException("a container without a host"))
                .withPortBindings(
                        new PortBinding(
                                Ports.Binding.bindIpAndPort("127.0.0.1", port),
                                ExposedPort.tcp(INNER_PORT)));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("no free port", failure);
        }
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public void kill() {
        isRunning = false;
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
        Await.shortly().until("PostgreSQL is dead", () -> !container.isRunning());
    }

    @Override
    public void pause() {
        container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void stop() {
        isRunning = false;
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
        if (isRunning) throw new IllegalStateException("PostgreSQL runs on port " + port);
        container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
        Await.within(Duration.ofMinutes(1)).until("PostgreSQL answers", this::answers);
        isRunning = true;
    }

    private boolean answers() {
        try (var connection = DriverManager.getConnection(maintenance().jdbcUrl())) {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public void remove() {
        container.stop();
    }
}
