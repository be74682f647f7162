package io.meseta.testkit.database;

/// A real PostgreSQL server for tests, wherever it runs. Not for use by several threads at once.
sealed interface PostgresServer permits EmbeddedServer, ContainerServer {

    /// Whether the server waits until what it has committed is on disk.
    enum Disk {
        CARELESS("off"),
        DURABLE("on");

        private final String setting;

        Disk(String setting) {
            this.setting = setting;
        }

        /// As PostgreSQL's configuration has it.
        String setting() {
            return setting;
        }
    }

    /// Starts a new, empty server where [PostgresChoice] says. It stops with the JVM at the latest.
    static PostgresServer start(Disk disk) {
        return switch (PostgresChoice.made()) {
            case EMBEDDED -> EmbeddedServer.startNew(disk);
            case CONTAINER -> ContainerServer.startNew(disk);
        };
    }

    String host();

    /// The same before and after a restart, so that clients which reconnect find it.
    int port();

    boolean isRunning();

    /// Kills all its processes as a loss of power would, and waits until they are gone.
    void kill();

    /// Has all its processes stand still.
    void pause();

    /// Lets them go on.
    void resume();

    /// Stops in an orderly way.
    void stop();

    /// Starts it again on what it left.
    void restart();

    /// Stops it if it runs, and removes what it wrote.
    void remove();

    default TestDatabase maintenance() {
        return new TestDatabase(host(), port(), "postgres");
    }
}
