package io.meseta.master.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.http.RawHttp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Operators change agents' resources, by calls and by forms.
final class ResourceCallsIT {

    private static final String OPS = "{\"type\":\"DYNAMIC\",\"role\":\"ops\"}";
    private static final String TEAM = "{\"type\":\"DYNAMIC\",\"role\":\"ops/team\"}";
    private static final String DEV = "{\"type\":\"DYNAMIC\",\"role\":\"dev\"}";

    private TestMaster master;
    private RawHttp http;
    private ScriptedAgent agent;

    @BeforeEach
    void start() {
        master = TestMaster.start();
        http = master.http();
        agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build(), ScriptedAgent.running());
    }

    @AfterEach
    void stop() {
        agent.close();
        master.close();
    }

    private static String scalar(String name, double value, String... reservations) {
        return ("{\"name\":\"%s\",\"type\":\"SCALAR\","
                        + "\"scalar\":{\"value\":%s},\"reservations\":[%s]}")
                .formatted(name, value, String.join(",", reservations));
    }

    private static String volume(String id, double size) {
        return scalar("disk", size, OPS)
                .replaceFirst(
                        "}$",
                        (",\"disk\":{\"persistence\":{\"id\":\"%s\"},"
                                        + "\"volume\":{\"container_path\":\"d\",\"mode\":\"RW\"}}}")
                                .formatted(id));
    }

    private RawHttp.Reply call(String type, String members) {
        var field = type.toLowerCase(Locale.ROOT);
        return http.postJson(
                "/api/v1",
                "{\"type\":\"%s\",\"%s\":{\"agent_id\":{\"value\":\"%s\"},%s}}"
                        .formatted(type, field, agent.id(), members));
    }

    private RawHttp.Reply form(String path, String fields) {
        return http.send("POST", path, fields.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String total() {
        return master.leadership()
                .cluster()
                .agents()
                .firstEntry()
                .getValue()
                .profile()
                .resources()
                .toString();
    }

    private String whereabouts() {
        return "agent " + agent.id() + " at slave(1)@127.0.0.1:5051 (127.0.0.1)";
    }

    private static void assertAccepted(RawHttp.Reply reply) {
        assertThat(reply.text()).isEmpty();
        assertThat(reply.status()).isEqualTo(202);
    }

    private static void assertRefused(RawHttp.Reply reply, int status, String text) {
        assertThat(reply.text()).isEqualTo(text);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    void updatesAReservationInOneStep() {
        assertAccepted(call("RESERVE_RESOURCES", "\"resources\":[" + scalar("cpus", 2, OPS) + "]"));

        assertAccepted(
                call(
                        "RESERVE_RESOURCES",
                        "\"source\":[%s],\"resources\":[%s]"
                                .formatted(scalar("cpus", 1, OPS), scalar("cpus", 1, OPS, TEAM))));
        assertAccepted(
                call(
                        "RESERVE_RESOURCES",
                        "\"source\":[%s],\"resources\":[%s]"
                                .formatted(scalar("cpus", 1, OPS, TEAM), scalar("cpus", 1, DEV))));

        assertThat(total())
                .isEqualTo(
                        "cpus:2; cpus(reservations: [(DYNAMIC,dev)]):1;"
                                + " cpus(reservations: [(DYNAMIC,ops)]):1; disk:8192; mem:4096;"
                                + " ports:[31000-32000]");
    }

    @Test
    void refusesUpdatesThatAreNone() {
        var place = "Invalid RESERVE operation on " + whereabouts() + ": ";

        assertRefused(
                call(
                        "RESERVE_RESOURCES",
                        "\"source\":[%s],\"resources\":[%s]"
                                .formatted(scalar("cpus", 1, OPS), scalar("cpus", 2, DEV))),
                400,
                place
                        + "Source and target resources should refer to identical resource"
                        + " quantities: cpus:1 vs. cpus:2");
        assertRefused(
                call(
                        "RESERVE_RESOURCES",
                        "\"source\":[%s,%s],\"resources\":[%s]"
                                .formatted(
                                        scalar("cpus", 1, OPS),
                                        scalar("mem", 1, DEV),
                                        scalar("cpus", 1, TEAM))),
                400,
                place
                        + "Invalid source: Mixed reservations are not supported"
                        + "cpus(reservations: [(DYNAMIC,ops)]):1;"
                        + " mem(reservations: [(DYNAMIC,dev)]):1");
        assertRefused(
                call(
                        "RESERVE_RESOURCES",
                        "\"source\":[%s],\"resources\":[%s]"
                                .formatted(scalar("cpus", 1, OPS), scalar("cpus", 1, DEV))),
                409,
                "cpus:4; disk:8192; mem:4096; ports:[31000-32000] does not contain"
                        + " cpus(reservations: [(DYNAMIC,ops)]):1");
    }

    @Test
    void takesBackWhatEndpointsShow() {
        assertAccepted(call("RESERVE_RESOURCES", "\"resources\":[" + scalar("cpus", 1, OPS) + "]"));
        var shown =
                "{\"name\":\"cpus\",\"type\":\"SCALAR\","
                        + "\"scalar\":{\"value\":1.0},\"role\":\"ops\","
                        + "\"reservation\":{},\"reservations\":["
                        + "{\"role\":\"ops\",\"type\":\"DYNAMIC\"}"
                        + "]}";
        assertThat(http.get("/slaves").text()).contains(shown);

        assertAccepted(
                form(
                        "/master/unreserve",
                        "slaveId=" + agent.id() + "&resources=" + encoded("[" + shown + "]")));

        assertThat(total()).isEqualTo("cpus:4; disk:8192; mem:4096; ports:[31000-32000]");
    }

    @Test
    void refusesFormsThatContradictThemselves() {
        var unlike =
                "{\"name\":\"cpus\",\"type\":\"SCALAR\","
                        + "\"scalar\":{\"value\":1.0},\"role\":\"dev\","
                        + "\"reservation\":{},\"reservations\":["
                        + OPS
                        + "]}";

        assertRefused(
                call("RESERVE_RESOURCES", "\"resources\":[" + unlike + "]"),
                400,
                "Resource 'cpus(reservations: [(DYNAMIC,ops)]):1' is invalid: Invalid resource"
                        + " format: 'Resource.role' field with 'dev' does not match the role 'ops'"
                        + " in 'Resource.reservations'");
        assertRefused(
                call("RESERVE_RESOURCES", "\"resources\":[" + scalar("cpus", 1, OPS, DEV) + "]"),
                400,
                "Resource 'cpus(reservations: [(DYNAMIC,ops),(DYNAMIC,dev)]):1' is invalid: Invalid"
                        + " refined reservation: role 'dev' is not a refinement of 'ops'");
    }

    @Test
    void takesNoAllocatedResources() {
        var allocated =
                scalar("cpus", 1, OPS)
                        .replaceFirst("}$", ",\"allocation_info\":{\"role\":\"ops\"}}");

        assertRefused(
                call("RESERVE_RESOURCES", "\"resources\":[" + allocated + "]"),
                400,
                "Invalid RESERVE operation on "
                        + whereabouts()
                        + ": A reserve operation was attempted with an allocated resource, but the"
                        + " operator API only allows reservations to be made to unallocated"
                        + " resources");
    }

    @Test
    void changesTheSizesOfVolumes() {
        assertAccepted(
                call("RESERVE_RESOURCES", "\"resources\":[" + scalar("disk", 100, OPS) + "]"));
        assertAccepted(call("CREATE_VOLUMES", "\"volumes\":[" + volume("v", 50) + "]"));

        assertAccepted(
                call(
                        "GROW_VOLUME",
                        "\"volume\":%s,\"addition\":%s"
                                .formatted(volume("v", 50), scalar("disk", 10, OPS))));
        assertRefused(
                call(
                        "SHRINK_VOLUME",
                        "\"volume\":" + volume("v", 60) + ",\"subtract\":{\"value\":60}"),
                400,
                "Invalid SHRINK_VOLUME operation on "
                        + whereabouts()
                        + ": Value of 'ShrinkVolume.subtract' must be smaller than the size of"
                        + " 'ShrinkVolume.volume'");
        assertRefused(
                call(
                        "SHRINK_VOLUME",
                        "\"volume\":" + volume("v", 60) + ",\"subtract\":{\"value\":0}"),
                400,
                "Invalid SHRINK_VOLUME operation on "
                        + whereabouts()
                        + ": Value of 'ShrinkVolume.subtract' must be greater than zero");
        assertRefused(
                call(
                        "GROW_VOLUME",
                        "\"volume\":%s,\"addition\":%s"
                                .formatted(volume("v", 60), scalar("disk", 10, DEV))),
                400,
                "Invalid GROW_VOLUME operation on "
                        + whereabouts()
                        + ": Incompatible resources in the 'GrowVolume.volume' and"
                        + " 'GrowVolume.addition' fields");
        assertAccepted(
                call(
                        "SHRINK_VOLUME",
                        "\"volume\":" + volume("v", 60) + ",\"subtract\":{\"value\":20}"));

        assertThat(total()).contains("[v:d]:40").contains("disk(reservations: [(DYNAMIC,ops)]):60");
    }

    @Test
    void refusesWhatCantBeAddedUp() {
        var ranges =
                "{\"name\":\"cpus\",\"type\":\"RANGES\","
                        + "\"ranges\":{\"range\":[{\"begin\":1,\"end\":2}]},"
                        + "\"reservations\":["
                        + DEV
                        + "]}";

        var mixed =
                call(
                        "RESERVE_RESOURCES",
                        "\"resources\":[%s,%s]".formatted(scalar("cpus", 1, OPS), ranges));

        assertThat(mixed.text()).contains("Invalid resources: ");
        assertThat(mixed.status()).isEqualTo(400);
        assertAccepted(
                call("RESERVE_RESOURCES", "\"resources\":[" + scalar("disk", 100, OPS) + "]"));
        assertRefused(
                call(
                        "CREATE_VOLUMES",
                        "\"volumes\":[%s,%s]".formatted(volume("v", 10), volume("v", 10))),
                400,
                "Invalid CREATE operation on "
                        + whereabouts()
                        + ": Persistence ID 'v' is not unique");
    }

    @Test
    void takesBackOffersAndSaysSo() {
        try (var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            var offer = framework.offer();

            assertAccepted(
                    call("RESERVE_RESOURCES", "\"resources\":[" + scalar("cpus", 1, OPS) + "]"));

            framework.await(
                    "a rescission",
                    event ->
                            event.getRescind()
                                    .getOfferId()
                                    .getValue()
                                    .equals(offer.getId().getValue()));
            master.leadership().pass(Duration.ofMinutes(1));
            framework.await(
                    "what is left",
                    event ->
                            event.getOffers().getOffersList().stream()
                                    .flatMap(each -> each.getResourcesList().stream())
                                    .anyMatch(each ->
                                            each.getName().equals("cpus")
                                                    && each.getScalar().getValue() == 3));
        }
    }

    @Test
    void readsTheFormsAsMesosDoes() {
        var one = "slaveId=" + agent.id();

        assertRefused(
                form("/unreserve", one + "&resources=["),
                400,
                "Error in parsing 'resources' query parameter in the request body: syntax error at"
                        + " line 1 near: ");
        assertRefused(
                form("/create-volumes", one),
                400,
                "Missing 'volumes' query parameter in the request body");
        assertRefused(
                form("/reserve", one + "&resources={}"),
                400,
                "Error parsing 'resources' query parameter in the request body: JSON array"
                        + " expected");
        assertRefused(
                form("/reserve", one + "&resources=[],\"source\":[]"),
                400,
                "Error parsing 'resources' query parameter in the request body: Parsed JSON"
                        + " included non-whitespace trailing characters: ,\"source\":[]");
        assertThat(form("/reserve", one + "&resources=%zz").status()).isEqualTo(400);
        assertThat(http.get("/master/destroy-volumes").status()).isEqualTo(405);
        assertRefused(
                form("/destroy-volumes", "slaveId=nope&volumes=[]"),
                400,
                "No agent found with specified ID");
        assertAccepted(
                form(
                        "/reserve",
                        one
                                + "&resources="
                                + encoded("[" + scalar("cpus", 1, DEV) + "]")
                                + "&source="
                                + encoded("[" + scalar("cpus", 1) + "]")));
    }

    @Test
    void showsAnOperationUntilTheAgentHasDoneIt() {
        agent.close();
        agent = ScriptedAgent.hello(http, ScriptedAgent.machine().build());

        assertAccepted(call("RESERVE_RESOURCES", "\"resources\":[" + scalar("cpus", 1, OPS) + "]"));

        var shown = http.postJson("/api/v1", "{\"type\":\"GET_OPERATIONS\"}").text();
        assertThat(shown)
                .contains("\"state\":\"OPERATION_PENDING\"")
                .contains("\"type\":\"RESERVE\"")
                .doesNotContain("framework_id");
        agent.finish(agent.await("an order", said -> said.hasOrder()).getOrder().getNumber());
        assertThat(http.postJson("/api/v1", "{\"type\":\"GET_OPERATIONS\"}").text())
                .isEqualTo("{\"type\":\"GET_OPERATIONS\",\"get_operations\":{}}");
    }
}
