package io.meseta.master.frameworks;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.doors.Exchange;
import io.meseta.model.FrameworkId;
import io.meseta.model.Principal;
import java.io.IOException;
import java.util.Optional;

/// How the scheduler API says no.
final class SchedulerAnswers {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_ACCEPTABLE = 406;
    private static final int NOT_IMPLEMENTED = 501;

    private SchedulerAnswers() {}

    static void refuse(Exchange exchange, Refusal refusal, Cluster cluster) throws IOException {
        switch (refusal) {
            case Refusal.NotLeading _ -> exchange.unavailable("This master does not lead any more");
            case Refusal.UnknownFramework _, Refusal.CompletedFramework _ ->
                    exchange.text(BAD_REQUEST, "Framework cannot be found");
            case Refusal.PrincipalDiffers(var framework) ->
                    exchange.text(
                            BAD_REQUEST,
                            ("Authenticated principal '%s' does not match principal '%s' set in"
                                            + " `FrameworkInfo`")
                                    .formatted(
                                            exchange.caller().principal(),
                                            owner(cluster, framework)));
            case Refusal.NotSubscribed _ -> exchange.text(FORBIDDEN, "Framework is not subscribed");
            case Refusal.StreamIdMissing _ ->
                    exchange.text(
                            BAD_REQUEST,
                            "All non-subscribe calls should include the 'Mesos-Stream-Id' header");
            case Refusal.StreamIdDiffers(var framework, var given, _) ->
                    exchange.text(
                            BAD_REQUEST,
                            "The stream ID '"
                                    + given
                                    + "' included in this request didn't match the stream ID"
                                    + " currently associated with framework ID "
                                    + framework);
            case Refusal.TooMuch(var what, var limit) ->
                    exchange.text(
                            BAD_REQUEST, "No framework may have more than " + limit + " " + what);
            case Refusal.UnknownTask(var task) ->
                    exchange.text(BAD_REQUEST, "Task " + task + " cannot be found");
            case Refusal.UnknownAgent(var agent) ->
                    exchange.text(BAD_REQUEST, "Agent " + agent + " cannot be found");
            case Refusal.StaleLink _,
                    Refusal.EpochBehind _,
                    Refusal.VolumeResized _,
                    Refusal.OfOperation _,
                    Refusal.QuotaRefused _,
                    Refusal.OfUpkeep _ ->
                    throw new IllegalStateException("not an answer to a framework: " + refusal);
        }
    }

    private static String owner(Cluster cluster, FrameworkId framework) {
        return cluster.framework(framework)
                .flatMap(known -> known.profile().identity().principal())
                .map(Principal::name)
                .orElse("");
    }

    /// What a framework that wants to subscribe is told on the stream that it gets; empty if it
    /// gets none.
    static Optional<String> subscriptionError(Refusal refusal) {
        return switch (refusal) {
            case Refusal.CompletedFramework _ -> Optional.of("Framework has been removed");
            case Refusal.PrincipalDiffers _ ->
                    Optional.of("Changing framework's principal is not allowed.");
            case Refusal.TooMuch(var what, var limit) ->
                    Optional.of("There may be at most " + limit + " " + what);
            case Refusal.NotLeading _,
                    Refusal.UnknownFramework _,
                    Refusal.NotSubscribed _,
                    Refusal.StreamIdMissing _,
                    Refusal.StreamIdDiffers _,
                    Refusal.UnknownAgent _,
                    Refusal.StaleLink _,
                    Refusal.EpochBehind _,
                    Refusal.VolumeResized _,
                    Refusal.OfOperation _,
                    Refusal.QuotaRefused _,
                    Refusal.OfUpkeep _,
                    Refusal.UnknownTask _ ->
                    Optional.empty();
        };
    }

    static void notAcceptable(Exchange exchange) throws IOException {
        exchange.text(
                NOT_ACCEPTABLE,
                "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
    }

    static void unsupported(Exchange exchange, Enum<?> call) throws IOException {
        exchange.text(NOT_IMPLEMENTED, "501 Not Implemented. " + call + " is not supported yet.");
    }

    /// Whether a framework may make a call of which the writer does not hear, checked as the writer
    /// checks the others.
    static Optional<Refusal> standing(Cluster cluster, Caller caller) {
        var id = caller.framework();
        var found = cluster.framework(id);
        if (found.isEmpty()) return Optional.of(new Refusal.UnknownFramework(id));
        var owner = found.get().profile().identity().principal();
        if (caller.principal().isPresent() && !caller.principal().equals(owner))
            return Optional.of(new Refusal.PrincipalDiffers(id));
        var current = found.get().stream();
        if (current.isEmpty()) return Optional.of(new Refusal.NotSubscribed(id));
        if (caller.stream().isEmpty()) return Optional.of(new Refusal.StreamIdMissing(id));
        var given = caller.stream().get();
        return given.equals(current.get())
                ? Optional.empty()
                : Optional.of(new Refusal.StreamIdDiffers(id, given, current.get()));
    }
}
