package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.launcher.RunRecord.RecordedChild;
import io.meseta.launcher.secrets.SecretFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher as a process, with a real PostgreSQL and services that are fake.
final class UpAndDownTest {

    @TempDir private Path directory;

    private Home home;

    @BeforeEach
    void settle() throws IOException {
        home = Home.in(directory);
    }

    @AfterEach
    void leave() throws InterruptedException {
        home.close();
    }

    @Test
    void startsEverythingAndStopsItInOrderKillingTasksFirst() throws Exception {
        Files.writeString(home.dist("tasks"), "one\ntwo\n");
        var up = home.up();
        home.awaitUp(up);
        var record = home.record();

        assertThat(record.children())
                .extracting(RecordedChild::name)
                .containsExactly("postgres", "master", "agent-1", "gateway");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.layout().runFile())))
                .isEqualTo("rw-------");
        assertThat(home.run("status")).startsWith("0 ").contains("master", "ready");
        assertThat(home.run("logs", "--service", "agent-1")).contains("--meseta.agent.work-dir=");
        up.destroy();

        assertThat(home.finish(up)).isEqualTo(143);
        var said = home.said(up);
        assertThat(said).contains("killing 2 tasks");
        assertThat(List.of("stopping agent-1", "stopping master", "stopping postgres", "is down"))
                .isSortedAccordingTo((a, b) -> Integer.compare(said.indexOf(a), said.indexOf(b)))
                .allMatch(said::contains);
        assertThat(Files.readString(home.layout().log("master")))
                .contains("killed one", "killed two");
        assertThat(record.children()).noneMatch(child -> child.process().isAlive());
        assertThat(home.layout().runFile()).doesNotExist();
        assertThat(home.run("status")).startsWith("3 nothing runs");
    }

    @Test
    void startsSeveralMastersThatEverybodyKnows() throws Exception {
        var up = home.up("--masters=2");
        home.awaitUp(up);
        var record = home.record();

        assertThat(record.children())
                .extracting(RecordedChild::name)
                .containsExactly("postgres", "master", "master-2", "agent-1", "gateway");
        assertThat(record.masters())
                .containsExactly(child("master").url(), child("master-2").url());
        assertThat(child("master-2").port()).isEqualTo(child("master").port() + 101);
        assertThat(home.run("logs", "--service", "agent-1"))
                .contains("--meseta.agent.masters=" + String.join(",", record.masters()))
                .contains("--meseta.agent.link.backoff-max=");
        up.destroy();

        assertThat(home.finish(up)).isEqualTo(143);
        assertThat(record.children()).noneMatch(child -> child.process().isAlive());
    }

    @Test
    void startsTheAuthServiceFirstAndGivesEachItsFiles() throws Exception {
        var up = home.upSecure();
        home.awaitUp(up);
        var layout = home.layout();
        var secrets = new SecretFiles(layout.secrets());

        assertThat(home.record().children())
                .extracting(RecordedChild::name)
                .containsExactly("postgres", "auth", "master", "agent-1", "gateway");
        var password = Files.readString(secrets.administratorPassword()).strip();
        assertThat(home.said(up))
                .contains(" as admin; the password is in " + secrets.administratorPassword())
                .doesNotContain(password);
        assertThat(Files.readString(layout.log("auth")))
                .contains("--meseta.auth.bootstrap=" + secrets.bootstrap())
                .contains("token for Basic ")
                .doesNotContain("meseta.open");
        assertThat(Files.readString(layout.log("master")))
                .contains("--meseta.auth.url=http://127.0.0.1:" + home.authPort())
                .contains("--meseta.auth.secret-file=" + secrets.secret("meseta-master"))
                .contains("by Bearer t1")
                .doesNotContain("meseta.open");
        assertThat(Files.readString(layout.log("agent-1")))
                .contains("--meseta.auth.join-token-file=" + secrets.joinToken())
                .doesNotContain("meseta.open", "secret-file");
        up.destroy();
        home.finish(up);

        var again = home.upSecure();
        home.awaitUp(again);
        assertThat(Files.readString(secrets.administratorPassword()).strip()).isEqualTo(password);
        assertThat(home.run("down")).startsWith("0 ");
    }

    @Test
    void keepsTheDatabaseOverDownAndOverTheDeathOfEverything() throws Exception {
        var first = home.up();
        home.awaitUp(first);
        write("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
        first.destroy();
        home.finish(first);

        var second = home.up();
        home.awaitUp(second);
        write("INSERT INTO kept VALUES (2)");
        var dead = home.record();
        second.destroyForcibly().waitFor();
        dead.children().forEach(child -> child.process().kill());
        dead.children().forEach(child -> child.process().awaitEnd(Duration.ofSeconds(30)));

        var third = home.up();
        home.awaitUp(third);

        assertThat(count("SELECT count(*) FROM kept")).isEqualTo(2);
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
    }

    @Test
    void endsWhatAKilledLauncherLeftBehind() throws Exception {
        var first = home.up();
        home.awaitUp(first);
        var left = home.record();
        first.destroyForcibly().waitFor();
        assertThat(left.children()).allMatch(child -> child.process().isAlive());
        assertThat(home.run("status")).startsWith("3 ").contains("the launcher is dead");

        var second = home.up();
        home.awaitUp(second);

        assertThat(home.said(second)).contains("left behind by an earlier run");
        assertThat(left.children()).noneMatch(child -> child.process().isAlive());
    }

    @Test
    void downAlsoWorksWithoutALauncher() throws Exception {
        Files.writeString(home.dist("tasks"), "one\n");
        var up = home.up();
        home.awaitUp(up);
        var left = home.record();
        up.destroyForcibly().waitFor();

        assertThat(home.run("down")).startsWith("0 ").contains("killing 1 task");

        assertThat(left.children()).noneMatch(child -> child.process().isAlive());
        assertThat(home.layout().runFile()).doesNotExist();
        assertThat(home.run("down")).startsWith("0 nothing runs");
    }

    @Test
    void startsAKilledChildAgain() throws Exception {
        var up = home.up();
        home.awaitUp(up);
        var before = child("agent-1");

        before.process().kill();
        home.await(up, () -> !child("agent-1").process().equals(before.process()));
        home.await(up, () -> child("agent-1").process().isAlive());

        assertThat(home.said(up))
                .contains("agent-1 (pid " + before.process().pid() + ") ended with 137");
    }

    @Test
    void detachesOnceEverythingIsReady() throws Exception {
        assertThat(
                        home.run(
                                "up",
                                "--open",
                                "--detach",
                                "--agents=1",
                                "--port-base=" + home.portBase()))
                .startsWith("0 ")
                .contains("Meseta is up");
        var record = home.record();
        assertThat(record.launcher().isAlive()).isTrue();

        assertThat(home.run("up", "--open", "--port-base=" + home.portBase()))
                .startsWith("1 meseta: already up from ")
                .contains("(pid " + record.launcher().pid() + ")", "./meseta down");
        assertThat(home.run("down")).startsWith("0 ");

        assertThat(record.launcher().isAlive()).isFalse();
        assertThat(record.children()).noneMatch(child -> child.process().isAlive());
    }

    @Test
    void makesStartUpCachesAndUsesThemInTheNextRun() throws Exception {
        home.warm();
        var first = home.upSecure();
        home.awaitUp(first);
        home.await(first, () -> Files.exists(home.dist("gateway.aot")));
        first.destroy();
        home.finish(first);

        var second = home.upSecure();
        home.awaitUp(second);

        for (var service : List.of("auth", "master", "agent-1", "gateway")) {
            var jar = service.equals("gateway") ? service : service.replace("-1", "") + "-service";
            var command = ProcessHandle.of(child(service).process().pid()).orElseThrow().info();
            assertThat(command.arguments().orElseThrow())
                    .contains("-XX:AOTCache=" + home.dist(jar + ".aot"));
        }
    }

    @Test
    void saysWhoHasAPortAndWhichFlagChoosesAnother() throws Exception {
        try (var taken = new ServerSocket()) {
            taken.setReuseAddress(true);
            taken.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), home.portBase() + 1));

            assertThat(home.run("up", "--open", "--port-base=" + home.portBase()))
                    .startsWith(
                            "1 meseta: port " + (home.portBase() + 1) + " is taken by java (pid ")
                    .contains("--port-base");
        }
    }

    @Test
    void stopsWhatItStartedWhenAChildDoesNotStart() throws Exception {
        Files.writeString(home.dist("broken"), "");

        var said = home.run("up", "--open", "--agents=1", "--port-base=" + home.portBase());

        assertThat(said)
                .startsWith("1 ")
                .contains("agent-1 did not start", "This agent is broken.", "stopping postgres");
        assertThat(home.layout().runFile()).doesNotExist();
    }

    @Test
    void refusesWrongFlagsInOneLine() throws Exception {
        assertThat(
                        refused(
                                "up",
                                "--auth-port=" + home.portBase(),
                                "--port-base=" + home.portBase()))
                .startsWith("2 meseta: --auth-port");
        assertThat(refused("up", "--open", "--bind=0.0.0.0"))
                .startsWith("2 meseta: --open goes with loopback only");
        assertThat(refused("up", "--open", "--agents=0")).startsWith("2 meseta: --agents");
        assertThat(refused("up", "--open", "--port-base=65535"))
                .startsWith("2 meseta: --port-base");
        assertThat(refused("up", "--open", "--db=mysql://x:hunter2@y/z"))
                .startsWith("2 meseta: the database's address")
                .doesNotContain("hunter2");
        assertThat(refused("logs", "--service", "../../etc/passwd"))
                .startsWith("1 meseta: no log of");
    }

    /// In this process, since nothing is started: the exit code and all that is said.
    private String refused(String... arguments) {
        var said = new StringWriter();
        var out = new PrintWriter(said, true);
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", home.data().toString()));
        var line = Launcher.commandLine().setOut(out).setErr(out);
        return line.execute(all.toArray(String[]::new)) + " " + said;
    }

    private RecordedChild child(String name) {
        return home.record().children().stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Database database() throws IOException {
        var url = "jdbc:" + child("postgres").url().replace("/postgres", "/meseta");
        var password = Files.readString(home.layout().postgres().resolve("password"));
        return new Database(url, "meseta", password);
    }

    private void write(String sql) throws IOException, SQLException {
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String sql) throws IOException, SQLException {
        try (var connection = database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String setting(String name) throws IOException, SQLException {
        try (var connection = database().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
