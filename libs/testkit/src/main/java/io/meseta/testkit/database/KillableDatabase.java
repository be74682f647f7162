package io.meseta.testkit.database;

/// A server of one test's own that can be killed like a machine losing power, and started again on
/// what it left. It waits for its disk (`fsync` on), and keeps its port, so that clients which
/// reconnect find it.
///
/// Not for use by several threads at once.
public final class KillableDatabase implements AutoCloseable {

    private final PostgresServer server;

    private KillableDatabase(PostgresServer server) {
        this.server = server;
    }

    /// Starts a new, empty server.
    public static KillableDatabase start() {
        return new KillableDatabase(PostgresServer.start(PostgresServer.Disk.DURABLE));
    }

    /// The same with all that it writes on this disk, in processes of this machine whatever other
    /// tests use.
    public static KillableDatabase startOn(SmallDisk disk) {
        return new KillableDatabase(
                EmbeddedServer.startIn(disk.data(), PostgresServer.Disk.DURABLE));
    }

    /// The server's database; the same before and after a restart.
    public TestDatabase database() {
        return server.maintenance();
    }

    /// Kills the postmaster and every backend with SIGKILL and waits until all are gone.
    public void kill() {
        server.kill();
    }

    /// Has all its processes stand still, as a machine does whose disk does not answer or whose
    /// hypervisor has better things to do: connections stay open, and nobody hears anything.
    public void pause() {
        server.pause();
    }

    /// Lets them go on.
    public void resume() {
        server.resume();
    }

    /// Starts it again where it was killed or stopped.
    public void restart() {
        server.restart();
    }

    /// Stops in an orderly way; [#restart] is possible.
    public void stop() {
        server.stop();
    }

    @Override
    public void close() {
        server.remove();
    }
}
