package io.meseta.endtoend.hostile;

import static io.meseta.endtoend.wire.RawRequest.json;

import io.meseta.endtoend.wire.Probe;
import io.meseta.endtoend.wire.RawRequest;
import java.util.Locale;
import java.util.stream.Stream;

/// What may be wrong with a call to the scheduler API.
final class SchedulerProbes {

    private static final String SCHEDULER = "/api/v1/scheduler";
    private static final String INVALID = "Failed to validate scheduler::Call: ";

    private SchedulerProbes() {}

    static Stream<Probe> all() {
        return Stream.of(
                        HttpProbes.wrongMethods(SCHEDULER),
                        HttpProbes.wrongTypes(
                                SCHEDULER,
                                "Expecting 'Content-Type' of application/json or"
                                        + " application/x-protobuf"),
                        HttpProbes.malformedBodies(SCHEDULER),
                        invalidCalls(),
                        HttpProbes.tooMuch(SCHEDULER),
                        HttpProbes.oddHttp(SCHEDULER))
                .flatMap(probes -> probes);
    }

    private static Stream<Probe> invalidCalls() {
        var fields =
                Stream.of(
                                "accept",
                                "decline",
                                "shutdown",
                                "acknowledge",
                                "acknowledge_operation_status",
                                "reconcile",
                                "reconcile_operations",
                                "message",
                                "request",
                                "accept_inverse_offers",
                                "decline_inverse_offers",
                                "update_framework")
                        .map(field ->
                                Probe.of(
                                        "no " + field,
                                        call(field.toUpperCase(Locale.ROOT)),
                                        400,
                                        INVALID + "Expecting '%s' to be present".formatted(field)));
        var unknown =
                Stream.of("REVIVE", "SUPPRESS", "TEARDOWN")
                        .map(type ->
                                Probe.of(
                                        type + " of nobody",
                                        call(type),
                                        400,
                                        "Framework cannot be found"));
        return Stream.of(fields, unknown, invalidSubscriptions()).flatMap(probes -> probes);
    }

    private static RawRequest call(String type) {
        return json(
                SCHEDULER,
                "{\"framework_id\":{\"value\":\"nope\"},\"type\":\"%s\"}".formatted(type));
    }

    private static Stream<Probe> invalidSubscriptions() {
        var differs = INVALID + "'framework_id' differs from 'subscribe.framework_info.id'";
        var info = "{\"name\":\"x\",\"user\":\"root\"}";
        var subscribe = "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":%s}}";
        var good = json(SCHEDULER, subscribe.formatted(info));
        return Stream.of(
                Probe.of("no type", json(SCHEDULER, "{}"), 400, INVALID + "Expecting 'type'"),
                Probe.of(
                        "an unknown type",
                        json(SCHEDULER, "{\"type\":\"NOPE\"}"),
                        400,
                        INVALID + "Expecting 'type' to be present"),
                Probe.of(
                        "no framework",
                        json(SCHEDULER, "{\"type\":\"TEARDOWN\"}"),
                        400,
                        INVALID + "Expecting 'framework_id' to be present"),
                Probe.of(
                        "no framework_info",
                        json(SCHEDULER, "{\"type\":\"SUBSCRIBE\",\"subscribe\":{}}"),
                        400,
                        HttpProbes.NO_CALL + "Missing required fields: subscribe.framework_info"),
                Probe.of(
                        "no name",
                        json(SCHEDULER, subscribe.formatted("{\"user\":\"root\"}")),
                        400,
                        HttpProbes.NO_CALL
                                + "Missing required fields: subscribe.framework_info.name"),
                Probe.of(
                        "an id outside only",
                        json(
                                SCHEDULER,
                                subscribe
                                        .formatted(info)
                                        .replace(
                                                "{\"type\"",
                                                "{\"framework_id\":{\"value\":\"a\"},\"type\"")),
                        400,
                        differs),
                Probe.of(
                        "an Accept that we have nothing for",
                        good.without("Accept").with("Accept", "text/html"),
                        406,
                        "Expecting 'Accept' to allow 'application/x-protobuf' or"
                                + " 'application/json'"),
                Probe.of(
                        "a subscription within a stream",
                        good.with("Mesos-Stream-Id", "x"),
                        400,
                        "Subscribe calls should not include the 'Mesos-Stream-Id' header"));
    }
}
