package io.meseta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.DiscoveryInfo;
import io.meseta.mesos.v1.Port;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `meseta run` as a process, against a cluster that runs its task for real.
final class RunCommandTest {

    @TempDir private Path directory;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(directory.resolve("sandboxes"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void streamsBothOutputsAndExitsAsTheTaskDoes() throws Exception {
        try (var run = run("sh", "-c", "echo hello; echo oops >&2; exit 3")) {
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).isEqualTo("hello\n");
            assertThat(run.err()).isEqualTo("oops\n");
        }
        assertThat(cluster.operatorCalls()).contains("TEARDOWN");
        assertThat(calls(Call.Type.ACKNOWLEDGE)).hasSize(2);
    }

    @Test
    void runsATaskBehindAGateway() throws Exception {
        cluster.hideAgent();
        var words = new String[] {"run", "--gateway", cluster.address(), "--", "echo", "hello"};
        try (var run = MesetaProcess.start(directory, words)) {
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo("hello\n");
        }
    }

    @Test
    void showsOutputWhileTheTaskRuns() throws Exception {
        var gate = directory.resolve("gate");
        try (var run =
                run("sh", "-c", "echo first; while [ ! -e '" + gate + "' ]; do sleep 0.1; done")) {
            Await.within(Duration.ofSeconds(30))
                    .until("it writes", () -> run.out().equals("first\n"));
            Files.createFile(gate);
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void passesWordsAndVariablesOnAsTheyAre() throws Exception {
        var words = List.of("printf", "%s|", "a b", "$HOME", "'x'", "*", "");
        try (var run = run(List.of("--env", "A=b=c", "--uri", "file:///x", "--name", "n"), words)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("a b|$HOME|'x'|*||");
        }
        var accept = calls(Call.Type.ACCEPT).getFirst().getAccept();
        var task = accept.getOperations(0).getLaunch().getTaskInfos(0);
        assertThat(task.getName()).isEqualTo("n");
        assertThat(task.getCommand().getShell()).isFalse();
        assertThat(task.getCommand().getUrisList())
                .extracting(CommandInfo.URI::getValue)
                .containsExactly("file:///x");
        assertThat(task.getCommand().getEnvironment().getVariables(0).getValue()).isEqualTo("b=c");
        assertThat(task.getResourcesList()).hasSize(2);
    }

    @Test
    void givesTheTaskPortsAndANameToBeFoundBy() throws Exception {
        var flags = List.of("--service", "shop", "--port", "web=31005", "--port", "auto");
        try (var run = run(flags, List.of("sh", "-c", "echo $PORT0 $PORT_WEB $PORT1"))) {
            assertThat(run.exitCode()).isZero();
            var accept = calls(Call.Type.ACCEPT).getFirst().getAccept();
            var task = accept.getOperations(0).getLaunch().getTaskInfos(0);
            var discovery = task.getDiscovery();
            assertThat(discovery.getName()).isEqualTo("shop");
            assertThat(discovery.getVisibility()).isEqualTo(DiscoveryInfo.Visibility.CLUSTER);
            var ports = discovery.getPorts().getPortsList();
            assertThat(ports).extracting(Port::getName).containsExactly("web", "");
            assertThat(ports.get(0).getNumber()).isEqualTo(31005);
            assertThat(ports.get(1).getNumber()).isBetween(31000, 31009).isNotEqualTo(31005);
            assertThat(run.out()).isEqualTo("31005 31005 " + ports.get(1).getNumber() + "\n");
            assertThat(task.getResourcesList().getLast().getRanges().getRangeCount()).isEqualTo(2);
        }
    }

    @Test
    void saysWhichPortsNobodyHas() throws Exception {
        try (var run = run(List.of("--port", "80"), List.of("true"))) {
            Await.within(Duration.ofSeconds(30))
                    .until("it explains itself", () -> !run.err().isEmpty());
            assertThat(run.err())
                    .startsWith("meseta: waiting for an offer with cpus 1, mem 128 MB, ports 80: ")
                    .contains("no agent has these ports");
            run.signal("INT");
            assertThat(run.exitCode()).isEqualTo(130);
        }
        try (var run = run(List.of("--port", "web"), List.of("true"))) {
            assertThat(run.exitCode()).isNotZero();
            assertThat(run.err()).contains("--port: 'web' is no port: 1 to 65535, or auto");
        }
    }

    @Test
    void carriesManyBytesAlsoThroughThePlainRoute() throws Exception {
        cluster.makeAgentPlain();
        try (var run =
                run("sh", "-c", "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done")) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out().lines()).hasSize(2000).endsWith("line 1999");
        }
    }

    @Test
    void killsTheTaskOnCtrlC() throws Exception {
        try (var run = run("sh", "-c", "echo started; exec sleep 60")) {
            awaitStart(run);
            run.signal("INT");
            assertThat(run.exitCode()).isEqualTo(130);
        }
        assertThat(calls(Call.Type.KILL)).isNotEmpty();
        assertThat(cluster.operatorCalls()).contains("TEARDOWN");
    }

    @Test
    void killsTheTaskOnSigterm() throws Exception {
        try (var run = run("sh", "-c", "echo started; exec sleep 60")) {
            awaitStart(run);
            run.signal("TERM");
            assertThat(run.exitCode()).isEqualTo(143);
        }
        assertThat(calls(Call.Type.KILL)).isNotEmpty();
    }

    @Test
    void quitsAtOnceOnTheSecondCtrlC() throws Exception {
        var deaf = "trap '' TERM; echo started; while :; do sleep 0.1; done";
        try (var run = run("sh", "-c", deaf)) {
            awaitStart(run);
            run.signal("INT");
            Await.shortly().until("it kills", () -> !calls(Call.Type.KILL).isEmpty());
            long before = System.nanoTime();
            run.signal("INT");
            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void livesThroughARestartOfTheMaster() throws Exception {
        var gate = directory.resolve("gate");
        var script = "echo started; while [ ! -e '" + gate + "' ]; do sleep 0.1; done; exit 5";
        try (var run = run("sh", "-c", script)) {
            awaitStart(run);
            cluster.goAway();
            Await.shortly().until("it notices", () -> run.err().contains("lost the master"));
            Files.createFile(gate);
            cluster.comeBack();
            assertThat(run.exitCode()).isEqualTo(5);
            assertThat(run.err()).contains("reached the master again");
        }
        var subscribes = calls(Call.Type.SUBSCRIBE);
        assertThat(subscribes.getLast().getFrameworkId()).isEqualTo(FakeCluster.FRAMEWORK);
        assertThat(calls(Call.Type.RECONCILE)).isNotEmpty();
    }

    @Test
    void triesAnotherOfferWhenOneWasWithdrawn() throws Exception {
        cluster.withdrawOffers(2);
        try (var run = run("true")) {
            assertThat(run.exitCode()).isZero();
        }
        assertThat(calls(Call.Type.ACCEPT)).hasSize(3);
    }

    @Test
    void saysWhyItWaits() throws Exception {
        cluster.offerCpus(0.5);
        try (var run = run("true")) {
            Await.within(Duration.ofSeconds(30))
                    .until("it explains itself", () -> !run.err().isEmpty());
            assertThat(run.err())
                    .startsWith("meseta: waiting for an offer with cpus 1, mem 128 MB: ")
                    .contains("the largest agent has cpus 0.5, mem 1024 MB");
            assertThat(calls(Call.Type.DECLINE)).isNotEmpty();
            run.signal("INT");
            assertThat(run.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void saysWhenThereIsNoCluster() throws Exception {
        try (var run = MesetaProcess.start(directory, "run", "--", "true")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("no cluster runs from", "./meseta up").hasLineCount(1);
        }
        try (var run =
                MesetaProcess.start(directory, "run", "--master", "127.0.0.1:1", "--", "true")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("cannot reach http://127.0.0.1:1: connection refused");
        }
    }

    private void awaitStart(MesetaProcess run) {
        Await.within(Duration.ofSeconds(30)).until("it runs", () -> run.out().contains("started"));
    }

    private List<Call> calls(Call.Type type) {
        return cluster.calls().stream().filter(call -> call.getType() == type).toList();
    }

    private MesetaProcess run(String... command) throws IOException {
        return run(List.of(), List.of(command));
    }

    private MesetaProcess run(List<String> flags, List<String> command) throws IOException {
        var arguments = new ArrayList<>(List.of("run", "--master", cluster.address()));
        arguments.addAll(flags);
        arguments.add("--");
        arguments.addAll(command);
        return MesetaProcess.start(directory, arguments.toArray(String[]::new));
    }
}
