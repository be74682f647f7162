package io.meseta.master.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.master.Response;
import io.meseta.testkit.corpus.Comparison;
import io.meseta.testkit.corpus.Likeness;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Replay;
import io.meseta.testkit.http.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Replays what operators did to resources while a framework was offered the rest, and what the
/// cluster was like in between.
final class OperatorResourcesIT {

    private static final Pattern AGENT = Pattern.compile("[0-9a-f-]{36}-S[0-9]+");

    private static final Pattern CALLS =
            Pattern.compile("\\d+-(v0-.*|(RESERVE|UNRESERVE|CREATE|DESTROY|GROW|SHRINK)_.*)");

    private static final Pattern READS =
            Pattern.compile(
                    "\\d+-(operator-reserved|operator-volume|end)-GET_(AGENTS\\.(json|pb)|slaves)");

    private final List<String> faults = new ArrayList<>();
    private int compared;
    private boolean isQuiet;

    @Test
    void reservesAndMakesVolumesAsMesosDid() throws IOException {
        var found = Recorded.folder();
        assumeTrue(found.isPresent(), "the recordings are not beside the repository");
        var cases = Recorded.group(found.get(), "scheduler-operations");
        try (var master = TestMaster.start();
                var agent =
                        ScriptedAgent.hello(
                                master.http(),
                                ScriptedAgent.machine("rack:r1", "zone:z1", "num:5").build(),
                                ScriptedAgent.running())) {
            leaveBehind(master.http(), agent.id());
            try (var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
                assertThat(framework.offer().getResourcesCount()).isPositive();
                for (var each : cases) {
                    if (each.name().endsWith("RESERVE_RESOURCES-too-much.json")) silence(framework);
                    replay(each, master, agent.id());
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(compared).isGreaterThan(25);
    }

    /// From here on the framework had been offered nothing any more.
    private void silence(ScriptedFramework framework) {
        isQuiet = true;
        assertThat(framework.call("SUPPRESS", "").status()).isEqualTo(202);
        var ids =
                framework.events().stream()
                        .flatMap(event -> event.getOffers().getOffersList().stream())
                        .map(offer -> "{\"value\":\"" + offer.getId().getValue() + "\"}")
                        .collect(Collectors.joining(","));
        assertThat(framework.call("DECLINE", "\"decline\":{\"offer_ids\":[" + ids + "]}").status())
                .isEqualTo(202);
    }

    /// What the framework had left behind by then.
    private static void leaveBehind(RawHttp http, String agent) {
        var resources = String.join(",", left("cpus", 1), left("mem", 256), left("disk", 128));
        var call =
                ("{\"type\":\"RESERVE_RESOURCES\",\"reserve_resources\":{\"agent_id\":"
                                + "{\"value\":\"%s\"},\"resources\":[%s]}}")
                        .formatted(agent, resources);
        assertThat(http.postJson("/api/v1", call).status()).isEqualTo(202);
    }

    private static String left(String name, int amount) {
        return ("{\"name\":\"%s\",\"type\":\"SCALAR\",\"scalar\":{\"value\":%d},\"reservations\":["
                        + "{\"type\":\"DYNAMIC\",\"role\":\"dev\",\"principal\":\"pp\",\"labels\":"
                        + "{\"labels\":[{\"key\":\"k\",\"value\":\"v\"}]}}]}")
                .formatted(name, amount);
    }

    private void replay(Recorded each, TestMaster master, String agent) {
        boolean isCall = CALLS.matcher(each.name()).matches();
        if (!isCall && !READS.matcher(each.name()).matches()) return;
        compared++;
        // Whatever was taken back is offered again after a while.
        if (!isQuiet) master.leadership().pass(Duration.ofMinutes(1));
        var body = AGENT.matcher(text(each.requestBody())).replaceAll(agent);
        var reply =
                master.http()
                        .exchange(
                                Replay.request(
                                        each,
                                        each.headers(),
                                        body.getBytes(StandardCharsets.UTF_8)));
        if (reply.isEmpty()) faults.add(each.name() + ": no answer");
        else if (isCall) compareCall(each, reply.get(), agent);
        else compareRead(each, reply.get());
    }

    private void compareCall(Recorded each, RawHttp.Reply reply, String agent) {
        Comparison.difference("status", each.status(), reply.status())
                .ifPresent(what -> faults.add(each.name() + ": " + what + reply.text()));
        var then = AGENT.matcher(text(each.responseBody())).replaceAll(agent);
        Comparison.difference("text", plain(then), plain(reply.text()))
                .ifPresent(what -> faults.add(each.name() + ": " + what));
    }

    private void compareRead(Recorded each, RawHttp.Reply reply) {
        boolean isProtobuf = each.name().endsWith(".pb");
        UnaryOperator<byte[]> json = isProtobuf ? OperatorResourcesIT::json : bytes -> bytes;
        Comparison.difference(
                        "body",
                        Likeness.of(json.apply(each.responseBody())),
                        Likeness.of(json.apply(reply.body())))
                .ifPresent(what -> faults.add(each.name() + ": " + what));
    }

    private static byte[] json(byte[] response) {
        try {
            return MesosJson.write(Response.parseFrom(response));
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError("not a response", broken);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Resources are a bag: which comes first means nothing.
    private static String plain(String said) {
        return Arrays.stream(said.split(" does not contain ", 2))
                .map(side ->
                        Arrays.stream(side.split("; ", -1))
                                .sorted()
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(" does not contain "));
    }
}
