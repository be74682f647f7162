package io.meseta.gateway.services;

import io.meseta.authorization.Call;
import io.meseta.authorization.CallPath;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Verdict;
import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.catalogue.Instance;
import io.meseta.gateway.forwarding.Ending;
import io.meseta.gateway.forwarding.Errand;
import io.meseta.gateway.forwarding.Forwarder;
import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.forwarding.Upstream;
import io.meseta.gateway.sessions.SessionCookie;
import io.meseta.platform.identity.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// Takes one call to a microservice from its name to an instance, or says why not.
public final class ServiceCalls {

    /// An instance may die while others are asked; three in a row are no accident.
    private static final int TRIES_MAX = 3;

    /// More places than this are tidied up.
    private static final int PLACES_MAX = 20_000;

    private static final String IDENTITY = "X-Meseta-Identity";

    /// Pages of a microservice come from the console's own address. In a sandbox they are strangers
    /// to it all the same: they can neither use the session nor read what it sees.
    private static final String SANDBOX =
            "sandbox allow-scripts allow-forms allow-popups allow-downloads allow-modals";

    private final CatalogueFollower catalogue;
    private final Admission admission;
    private final Balance balance;
    private final IdentityTokens identities;
    private final UnaryOperator<Subject> withGroups;
    private final Forwarder forwarder;

    /// What a call asks for.
    ///
    /// @param service the name
    /// @param port a port's name or number; empty for the first
    /// @param path as the microservice knows it, in its one spelling
    /// @param query with its question mark; empty if there is none
    /// @param headers those that pass
    public record Wanted(
            String service, String port, String path, String query, HttpFields headers) {}

    /// What became of a call that was not forwarded.
    public sealed interface Refusal {

        record Denied(Verdict.Denied verdict) implements Refusal {}

        /// Nothing of that name is up, or has that port.
        record Nobody() implements Refusal {}

        /// What is known is too old to act upon.
        record Stale() implements Refusal {}

        /// All who were asked failed; the last one so.
        record Failed(Ending ending) implements Refusal {}
    }

    /// Told exactly one of the two.
    ///
    /// @param onDone it was answered by an instance, or nobody is left to tell
    public record Outcome(Consumer<Ending> onDone, Consumer<Refusal> onRefusal) {}

    ServiceCalls(
            CatalogueFollower catalogue,
            Admission admission,
            Balance balance,
            IdentityTokens identities,
            UnaryOperator<Subject> withGroups,
            Forwarder forwarder) {
        this.catalogue = catalogue;
        this.admission = admission;
        this.balance = balance;
        this.identities = identities;
        this.withGroups = withGroups;
        this.forwarder = forwarder;
    }

    public void call(Inbound inbound, Caller caller, Wanted wanted, Outcome outcome) {
        if (balance.size() > PLACES_MAX) tidy();
        var live = catalogue.current().live(wanted.service());
        var call = new Call(inbound.method(), CallPath.of(wanted.path()), headers(wanted));
        var answer = admission.admit(caller, wanted.service(), call, live);
        if (answer.denied().isPresent()) {
            outcome.onRefusal().accept(new Refusal.Denied(answer.denied().get()));
        } else if (!catalogue.isFresh()) {
            outcome.onRefusal().accept(new Refusal.Stale());
        } else {
            new Attempts(inbound, caller, wanted, call, answer.admitted(), outcome)
                    .next(new Refusal.Nobody());
        }
    }

    private static SortedMap<String, List<String>> headers(Wanted wanted) {
        var headers = new TreeMap<String, List<String>>();
        for (var field : wanted.headers()) {
            headers.computeIfAbsent(field.getLowerCaseName(), _ -> new ArrayList<>())
                    .add(field.getValue());
        }
        return headers;
    }

    /// One call's way from instance to instance.
    private final class Attempts {

        private final Inbound inbound;
        private final Wanted wanted;
        private final Outcome outcome;
        private final Caller caller;
        private final Call call;
        private final Map<Upstream, Instance> places = new LinkedHashMap<>();
        private final Set<Upstream> tried = new HashSet<>();

        private Attempts(
                Inbound inbound,
                Caller caller,
                Wanted wanted,
                Call call,
                List<Instance> instances,
                Outcome outcome) {
            this.inbound = inbound;
            this.caller = caller;
            this.call = call;
            this.wanted = wanted;
            this.outcome = outcome;
            for (var each : instances) {
                each.at(wanted.port()).ifPresent(place -> places.put(place, each));
            }
        }

        private void next(Refusal otherwise) {
            var picked =
                    tried.size() >= TRIES_MAX
                            ? Optional.<Upstream>empty()
                            : balance.pick(List.copyOf(places.keySet()), tried);
            if (picked.isEmpty()) {
                outcome.onRefusal().accept(otherwise);
                return;
            }
            var place = picked.get();
            tried.add(place);
            forwarder.send(inbound, errand(place), ending -> ended(place, ending));
        }

        private void ended(Upstream place, Ending ending) {
            balance.done(place);
            switch (ending) {
                case Ending.Answered _, Ending.Broken _ -> outcome.onDone().accept(ending);
                case Ending.Unreached _ -> {
                    balance.refused(place);
                    next(new Refusal.Failed(ending));
                }
                case Ending.Unanswered(_, var isWhole) -> {
                    balance.refused(place);
                    if (isWhole && inbound.isIdempotent()) next(new Refusal.Failed(ending));
                    else outcome.onRefusal().accept(new Refusal.Failed(ending));
                }
                case Ending.Late _, Ending.Elsewhere _, Ending.Withdrawn _ ->
                        outcome.onRefusal().accept(new Refusal.Failed(ending));
            }
        }

        private Errand errand(Upstream place) {
            var headers = HttpFields.build(wanted.headers());
            var instance = Optional.ofNullable(places.get(place)).orElseThrow();
            var takesTokens = instance.offer().takesTokens();
            if (!takesTokens) headers.remove(HttpHeader.AUTHORIZATION);
            if (caller.isAuthenticated()) {
                var subject = withGroups.apply(caller.subject());
                headers.put(IDENTITY, identities.of(subject, wanted.service()));
            }
            headers.put("X-Forwarded-Prefix", "/services/" + wanted.service());
            return new Errand(
                    place,
                    wanted.path() + wanted.query(),
                    headers,
                    false,
                    admission.leave(caller, wanted.service(), call, instance),
                    answer -> {
                        answer.remove("Service-Worker-Allowed");
                        answer.remove("Clear-Site-Data");
                        SessionCookie.dropFromAnswer(answer);
                        answer.add("Content-Security-Policy", SANDBOX);
                    });
        }
    }

    /// Forgets what is no more.
    private void tidy() {
        var known = new HashSet<Upstream>();
        for (var instances : catalogue.current().services().values()) {
            for (var each : instances) {
                for (var port : each.offer().ports()) {
                    each.at(Integer.toString(port.number())).ifPresent(known::add);
                }
            }
        }
        balance.keepOnly(known);
    }
}
