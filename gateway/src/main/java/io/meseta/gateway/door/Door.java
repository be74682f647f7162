package io.meseta.gateway.door;

import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.routes.Route;
import io.meseta.gateway.routes.RouteMap;
import io.meseta.gateway.services.ServiceCalls;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.identity.Recognition;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Every request comes through here: where to, who calls, may they, and on.
///
/// A handler of Jetty's before the servlet container, so that what is forwarded meets nothing that
/// reads a body, buffers an answer or holds a thread (decision 0013).
public final class Door extends Handler.Wrapper {

    private final Identification identification;
    private final ControlPlane controlPlane;
    private final ServiceCalls services;
    private final Answers answers;
    private final AccessLog log;
    private final boolean isOpen;

    Door(
            Identification identification,
            ControlPlane controlPlane,
            ServiceCalls services,
            Answers answers,
            AccessLog log,
            boolean isOpen) {
        this.identification = identification;
        this.controlPlane = controlPlane;
        this.services = services;
        this.answers = answers;
        this.log = log;
        this.isOpen = isOpen;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = request.getHttpURI().getPath();
        var route = path == null ? new Route.Unclear("there is none") : RouteMap.of(path);
        var requestId = Passing.requestId(request.getHeaders());
        var principal = new AtomicReference<>("");
        var noted = new Noted(request, response, callback, route, requestId, principal);
        var inbound = new Inbound(request, response, noted);
        response.getHeaders().put(Passing.REQUEST_ID, requestId);
        return enter(inbound, route, requestId, principal);
    }

    private boolean enter(
            Inbound inbound, Route route, String requestId, AtomicReference<String> principal)
            throws Exception {
        if (route instanceof Route.Unclear(var problem)) {
            answers.send(
                    inbound,
                    new Problem(ProblemType.MALFORMED, "The path is not clear: " + problem + "."));
            return true;
        }
        // The one would make us a way to anywhere, the other shows what is hidden from pages.
        if (inbound.method().equals("CONNECT") || inbound.method().equals("TRACE")) {
            answers.send(
                    inbound,
                    new Problem(ProblemType.MALFORMED, "The gateway takes no such method."));
            return true;
        }
        if (isOpen && !Origins.isForLoopback(inbound)) {
            answers.send(
                    inbound,
                    new Problem(
                            ProblemType.FORBIDDEN,
                            "The cluster is open and answers only requests to a loopback host, and"
                                    + " no pages of other sites."));
            return true;
        }
        // The auth-service itself judges what signs in.
        if (route instanceof Route.Auth auth && auth.isPublic()) {
            var sent = inbound.headers().get(HttpHeader.AUTHORIZATION);
            var authorization = sent == null ? "" : sent;
            controlPlane.toAuth(
                    new Visit(inbound, auth, requestId, Caller.ANONYMOUS, authorization), auth);
            return true;
        }
        if (isForgedSignIn(inbound, route)) return forged(inbound);
        return switch (identification.identify(inbound)) {
            case Identification.Answer.Forged _ -> forged(inbound);
            case Identification.Answer.Untold _ -> untold(inbound);
            case Identification.Answer.Unknown(var recognition) ->
                    unknown(inbound, route, requestId, recognition);
            case Identification.Answer.Known(var caller, var authorization) -> {
                principal.set(caller.principal());
                var visit = new Visit(inbound, route, requestId, caller, authorization);
                yield known(visit);
            }
        };
    }

    /// A page of another site must not sign its reader in as somebody else either.
    private static boolean isForgedSignIn(Inbound inbound, Route route) {
        return route instanceof Route.Own && !inbound.isSafe() && Origins.isForeign(inbound);
    }

    private boolean untold(Inbound inbound) {
        answers.notNow(
                inbound,
                "Whose session this is only the auth-service can tell, and it does not answer.");
        return true;
    }

    private boolean forged(Inbound inbound) {
        answers.send(
                inbound,
                new Problem(
                        ProblemType.FORBIDDEN,
                        "A browser's session counts for the console's own pages only."));
        return true;
    }

    /// A credential that is no good keeps nobody from what is for everybody, but a microservice's
    /// caller is told rather than taken for a stranger.
    private boolean unknown(Inbound inbound, Route route, String requestId, Recognition recognition)
            throws Exception {
        if (route.isPublic() && !(route instanceof Route.Microservice)) {
            return known(new Visit(inbound, route, requestId, Caller.ANONYMOUS, ""));
        }
        answers.turnAway(inbound, recognition);
        return true;
    }

    private boolean known(Visit visit) throws Exception {
        var caller = visit.caller();
        if (!visit.route().isPublic() && !caller.isAuthenticated() && !caller.isOpen()) {
            answers.turnAway(visit.inbound(), new Recognition.Known(caller));
            return true;
        }
        switch (visit.route()) {
            case Route.Own _ -> {
                var own = new Clean(visit.inbound().request(), visit.headers());
                return super.handle(own, visit.inbound().response(), visit.inbound().callback());
            }
            case Route.Master master -> controlPlane.toMaster(visit, master);
            case Route.Agent agent -> controlPlane.toAgent(visit, agent);
            case Route.Auth auth -> controlPlane.toAuth(visit, auth);
            case Route.Microservice service -> toService(visit, service);
            case Route.Unclear _ -> throw new IllegalStateException("refused before");
        }
        return true;
    }

    private void toService(Visit visit, Route.Microservice route) {
        var inbound = visit.inbound();
        var wanted =
                new ServiceCalls.Wanted(
                        route.name(), route.port(), route.path(), visit.query(), visit.headers());
        services.call(
                inbound,
                visit.caller(),
                wanted,
                new ServiceCalls.Outcome(
                        _ -> {}, refusal -> refused(visit, route.name(), refusal)));
    }

    private void refused(Visit visit, String service, ServiceCalls.Refusal refusal) {
        var inbound = visit.inbound();
        switch (refusal) {
            case ServiceCalls.Refusal.Denied(var denied) -> {
                if (visit.caller().isAuthenticated()) answers.deny(inbound, denied);
                else answers.denyStranger(inbound, denied);
            }
            case ServiceCalls.Refusal.Nobody _ ->
                    answers.notNow(inbound, "No instance of '" + service + "' is up.");
            case ServiceCalls.Refusal.Stale _ ->
                    answers.notNow(
                            inbound, "The master has been silent for too long to know who is up.");
            case ServiceCalls.Refusal.Failed(var ending) -> controlPlane.failed(inbound, ending);
        }
    }

    /// A request with the headers that pass, for the servlet container.
    private static final class Clean extends Request.Wrapper {

        private final HttpFields headers;

        private Clean(Request request, HttpFields.Mutable passing) {
            super(request);
            // What frames the message and says where it goes is the container's to know.
            for (var name :
                    new HttpHeader[] {
                        HttpHeader.HOST,
                        HttpHeader.CONTENT_LENGTH,
                        HttpHeader.TRANSFER_ENCODING,
                        HttpHeader.EXPECT,
                        HttpHeader.COOKIE
                    }) {
                passing.remove(name);
                request.getHeaders().getFields(name).forEach(passing::add);
            }
            this.headers = passing.asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }

    /// Notes the request once its answer is complete, or never will be.
    private final class Noted extends Callback.Nested {

        private final Inbound inbound;
        private final Route route;
        private final String requestId;
        private final AtomicReference<String> principal;

        private Noted(
                Request request,
                Response response,
                Callback callback,
                Route route,
                String requestId,
                AtomicReference<String> principal) {
            super(callback);
            this.inbound = new Inbound(request, response, callback);
            this.route = route;
            this.requestId = requestId;
            this.principal = principal;
        }

        @Override
        public void succeeded() {
            note();
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            note();
            super.failed(failure);
        }

        private void note() {
            log.note(inbound, route, requestId, principal.get());
        }
    }
}
