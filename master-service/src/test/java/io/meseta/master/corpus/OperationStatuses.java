package io.meseta.master.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.OperationStatus;
import io.meseta.mesos.v1.TaskID;
import io.meseta.model.FrameworkId;
import io.meseta.testkit.Await;
import io.meseta.testkit.corpus.Recorded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a framework was told of its operations, and what ours is told.
final class OperationStatuses {

    static final TaskID VT = TaskID.newBuilder().setValue("vt").build();

    private static final Pattern OPERATION = Pattern.compile("\\{\"id\": \\{\"value\": \"(\\w+)\"");
    private static final Pattern OFFER =
            Pattern.compile("(\"offer_ids\": \\[\\{\"value\": \")[0-9a-f-]{36}-O[0-9]+");
    private static final Pattern FRAMEWORK =
            Pattern.compile("(\"framework_id\": \\{\"value\": \")[^\"]*");
    private static final Pattern AGENT = Pattern.compile("[0-9a-f-]{36}-S[0-9]+");

    /// Asked for with an offer of what was left over, since the rest had been refused for a while;
    /// here all is offered.
    private static final Set<String> OTHER_OFFERS = Set.of("grow1", "shrink1", "unreserve1");

    private OperationStatuses() {}

    static FrameworkID id(ScriptedFramework framework) {
        return FrameworkID.newBuilder().setValue(framework.id()).build();
    }

    /// The call with all that is offered now.
    static String body(
            Recorded each, ScriptedFramework framework, String agent, TestMaster master) {
        var text = new String(each.requestBody(), StandardCharsets.UTF_8);
        text = FRAMEWORK.matcher(text).replaceAll("$1" + framework.id());
        text = AGENT.matcher(text).replaceAll(agent);
        var own = new FrameworkId(framework.id());
        var offers =
                Await.shortly()
                        .value(
                                "something is offered",
                                () -> {
                                    master.leadership().pass(Duration.ofMinutes(1));
                                    return Optional.of(
                                                    master.leadership().cluster().offers().of(own))
                                            .filter(some -> !some.isEmpty());
                                });
        var ids =
                offers.stream()
                        .map(offer -> offer.id().value())
                        .collect(Collectors.joining("\"}, {\"value\": \""));
        return OFFER.matcher(text).replaceAll("$1" + ids);
    }

    /// Waits until it is known how the operations of the call ended.
    static void await(Recorded each, ScriptedFramework framework) {
        var matcher = OPERATION.matcher(new String(each.requestBody(), StandardCharsets.UTF_8));
        while (matcher.find()) {
            var name = matcher.group(1);
            framework.await("the end of " + name, event -> names(name, status(event)));
        }
    }

    static void compare(Recorded subscription, ScriptedFramework framework, String agent) {
        var ours = new TreeMap<String, String>();
        for (var event : framework.events())
            if (event.hasUpdateOperationStatus()) {
                var status = status(event);
                var said = status.getState() + " " + status.getMessage();
                ours.putIfAbsent(
                        status.getOperationId().getValue(), plain(said.replace(agent, "AGENT")));
            }
        var theirs = new TreeMap<String, String>();
        for (var event : subscription.events()) {
            var status = event.path("update_operation_status").path("status");
            if (status.isMissingNode()) continue;
            var said = status.path("state").asString() + " " + status.path("message").asString("");
            theirs.putIfAbsent(
                    status.path("operation_id").path("value").asString(),
                    plain(AGENT.matcher(said).replaceAll("AGENT")));
        }
        ours.keySet().removeAll(OTHER_OFFERS);
        theirs.keySet().removeAll(OTHER_OFFERS);
        assertThat(ours).isEqualTo(theirs);
    }

    /// Resources are a bag: which comes first means nothing.
    private static String plain(String said) {
        var sides = said.split(" does not contain ", 2);
        if (sides.length < 2) return said;
        return sorted(sides[0]) + " does not contain " + sorted(sides[1]);
    }

    private static String sorted(String resources) {
        int begin = begin(resources);
        return resources.substring(0, begin)
                + Arrays.stream(resources.substring(begin).split("; ", -1))
                        .sorted()
                        .collect(Collectors.joining("; "));
    }

    /// After whatever comes before the resources.
    private static int begin(String resources) {
        int words = resources.indexOf("operation: ");
        if (words >= 0) return words + "operation: ".length();
        return resources.startsWith("OPERATION_") ? resources.indexOf(' ') + 1 : 0;
    }

    private static boolean names(String operation, OperationStatus status) {
        return status.getOperationId().getValue().equals(operation);
    }

    private static OperationStatus status(io.meseta.mesos.v1.scheduler.Event event) {
        return event.getUpdateOperationStatus().getStatus();
    }
}
