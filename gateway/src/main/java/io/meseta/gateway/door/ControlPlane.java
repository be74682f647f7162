package io.meseta.gateway.door;

import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.forwarding.Ending;
import io.meseta.gateway.forwarding.Errand;
import io.meseta.gateway.forwarding.Forwarder;
import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.forwarding.Leave;
import io.meseta.gateway.forwarding.Upstream;
import io.meseta.gateway.masters.Masters;
import io.meseta.gateway.routes.Route;
import io.meseta.platform.access.CallerAddress;
import io.meseta.platform.credentials.OwnToken;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// The ways to the cluster's own services: the leading master, an agent, the auth-service.
final class ControlPlane {

    /// These are answered by a redirect to the leader, and that is what was asked.
    private static final Set<String> POINTERS = Set.of("/redirect", "/master/redirect");

    private final Masters masters;
    private final CatalogueFollower catalogue;
    private final Optional<Upstream> authService;
    private final Forwarder forwarder;
    private final Answers answers;
    private final OwnToken own;

    ControlPlane(
            Masters masters,
            CatalogueFollower catalogue,
            Optional<Upstream> authService,
            Forwarder forwarder,
            Answers answers,
            OwnToken own) {
        this.masters = masters;
        this.catalogue = catalogue;
        this.authService = authService;
        this.forwarder = forwarder;
        this.answers = answers;
        this.own = own;
    }

    void toMaster(Visit visit, Route.Master route) {
        var leader = masters.leader();
        if (leader.isEmpty()) {
            masters.doubt();
            answers.notNow(visit.inbound(), "No master leads at the moment.");
            return;
        }
        var isPointer = POINTERS.contains(route.path());
        var errand =
                new Errand(
                        leader.get(),
                        route.path() + visit.query(),
                        visit.headers(),
                        !isPointer,
                        Leave.forGood(),
                        answer -> pointHere(isPointer, visit.inbound(), answer));
        forwarder.send(
                visit.inbound(),
                errand,
                ending -> masterEnded(visit.inbound(), errand, ending, true));
    }

    /// Whoever came by the gateway stays with it.
    private static void pointHere(boolean isPointer, Inbound inbound, HttpFields.Mutable answer) {
        var authority = inbound.request().getHttpURI().getAuthority();
        if (isPointer && authority != null && answer.contains(HttpHeader.LOCATION)) {
            answer.put(HttpHeader.LOCATION, "//" + authority);
        }
    }

    private void masterEnded(Inbound inbound, Errand errand, Ending ending, boolean mayFollow) {
        switch (ending) {
            case Ending.Elsewhere(var location, var isWhole) -> {
                masters.doubt();
                var leader = isWhole && mayFollow ? leader(location) : Optional.<Upstream>empty();
                if (leader.isEmpty()) {
                    answers.notNow(inbound, "Another master has begun to lead. Ask again.");
                    return;
                }
                var again = errand.to(leader.get());
                forwarder.send(inbound, again, next -> masterEnded(inbound, again, next, false));
            }
            case Ending.Unreached _ -> {
                masters.doubt();
                answers.notNow(inbound, "The leading master does not answer.");
            }
            case Ending.Unanswered _ -> {
                masters.doubt();
                failed(inbound, ending);
            }
            case Ending.Answered _, Ending.Broken _, Ending.Late _, Ending.Withdrawn _ ->
                    failed(inbound, ending);
        }
    }

    private static Optional<Upstream> leader(String location) {
        try {
            return Optional.of(Upstream.of(URI.create(location)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    void toAgent(Visit visit, Route.Agent route) {
        var agent = catalogue.current().agent(route.id());
        if (agent.isEmpty()) {
            if (catalogue.isFresh()) {
                answers.send(
                        visit.inbound(),
                        new Problem(ProblemType.NOT_FOUND, "There is no agent of this id."));
            } else {
                answers.notNow(
                        visit.inbound(), "The gateway does not know the agents at the moment.");
            }
            return;
        }
        send(visit, agent.get().address(), route.path(), visit.headers());
    }

    void toAuth(Visit visit, Route.Auth route) {
        if (authService.isEmpty()) {
            answers.send(
                    visit.inbound(),
                    new Problem(ProblemType.NOT_FOUND, "The cluster is open: nobody signs in."));
            return;
        }
        // The auth-service alone may see it: whoever has the token is the gateway.
        var headers = visit.headers();
        own.headerIfAny().ifPresent(proof -> headers.put(CallerAddress.PROOF, proof));
        send(visit, authService.get(), route.path(), headers);
    }

    private void send(Visit visit, Upstream to, String path, HttpFields headers) {
        var target = path + visit.query();
        var errand = new Errand(to, target, headers, false, Leave.forGood(), _ -> {});
        forwarder.send(visit.inbound(), errand, ending -> failed(visit.inbound(), ending));
    }

    /// Answers what nobody else has answered.
    void failed(Inbound inbound, Ending ending) {
        switch (ending) {
            case Ending.Answered _, Ending.Broken _ -> {
                // The caller has the answer, or is gone.
            }
            case Ending.Unreached _ ->
                    answers.notNow(inbound, "Whoever answers here cannot be reached.");
            case Ending.Unanswered _, Ending.Elsewhere _ ->
                    answers.send(
                            inbound,
                            new Problem(
                                    Answers.BAD_GATEWAY,
                                    "The connection broke before an answer came; whether the"
                                            + " request was carried out is not known."));
            case Ending.Withdrawn _ ->
                    answers.send(
                            inbound,
                            new Problem(
                                    ProblemType.FORBIDDEN,
                                    "What allowed this request was taken back before its answer"
                                            + " came."));
            case Ending.Late _ ->
                    answers.send(inbound, new Problem(Answers.TIMEOUT, "No answer came in time."));
        }
    }
}
