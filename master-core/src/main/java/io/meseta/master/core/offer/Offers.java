package io.meseta.master.core.offer;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// All outstanding offers, by id, by agent, by framework and by age.
public final class Offers {

    private static final Offers NONE =
            new Offers(
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    Keeps.NONE);

    private final PSortedMap<OfferId, Offer> byId;
    private final PSortedMap<AgentId, PSortedMap<OfferId, Offer>> byAgent;
    private final PSortedMap<FrameworkId, PSortedMap<OfferId, Offer>> byFramework;

    /// Those of one batch are of one age.
    private final PSortedMap<Instant, PSortedMap<OfferId, Offer>> byAge;

    /// When each framework was last offered anything.
    private final PSortedMap<FrameworkId, Instant> newest;

    private final Keeps keeps;

    private Offers(
            PSortedMap<OfferId, Offer> byId,
            PSortedMap<AgentId, PSortedMap<OfferId, Offer>> byAgent,
            PSortedMap<FrameworkId, PSortedMap<OfferId, Offer>> byFramework,
            PSortedMap<Instant, PSortedMap<OfferId, Offer>> byAge,
            PSortedMap<FrameworkId, Instant> newest,
            Keeps keeps) {
        this.byId = byId;
        this.byAgent = byAgent;
        this.byFramework = byFramework;
        this.byAge = byAge;
        this.newest = newest;
        this.keeps = keeps;
    }

    public static Offers none() {
        return NONE;
    }

    public Optional<Offer> find(OfferId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<Offer> all() {
        return byId.values();
    }

    public List<Offer> on(AgentId agent) {
        return List.copyOf(byAgent.getOrDefault(agent, TreePMap.empty()).values());
    }

    public List<Offer> of(FrameworkId framework) {
        return List.copyOf(byFramework.getOrDefault(framework, TreePMap.empty()).values());
    }

    public int size() {
        return byId.size();
    }

    /// When the framework was last offered anything, as far as this leader knows.
    public Optional<Instant> newestTo(FrameworkId framework) {
        return Optional.ofNullable(newest.get(framework));
    }

    /// Without a memory of the framework.
    public Offers forgetting(FrameworkId framework) {
        return new Offers(byId, byAgent, byFramework, byAge, newest.minus(framework), keeps);
    }

    /// When the oldest was made.
    public Optional<Instant> oldest() {
        return byAge.keySet().stream().findFirst();
    }

    /// Those that were made then or before, the oldest first.
    public List<Offer> madeBy(Instant then) {
        var old = new ArrayList<Offer>();
        for (var some : byAge.entrySet()) {
            if (some.getKey().isAfter(then)) break;
            old.addAll(some.getValue().values());
        }
        return old;
    }

    public Offers with(Offer offer) {
        return new Offers(
                byId.plus(offer.id(), offer),
                with(byAgent, offer.agent(), offer),
                with(byFramework, offer.framework(), offer),
                with(byAge, offer.madeAt(), offer),
                offer.madeAt().equals(newest.get(offer.framework()))
                        ? newest
                        : newest.plus(offer.framework(), offer.madeAt()),
                keeps.offering(offer));
    }

    public Offers without(Offer offer) {
        return new Offers(
                byId.minus(offer.id()),
                without(byAgent, offer.agent(), offer),
                without(byFramework, offer.framework(), offer),
                without(byAge, offer.madeAt(), offer),
                newest,
                keeps);
    }

    /// What is kept for somebody.
    public Keeps keeps() {
        return keeps;
    }

    /// When the first thing that is kept is for anyone again at the latest.
    public Optional<Instant> keepsUntil() {
        return keeps.firstEnd();
    }

    public Offers keeping(Keep keep) {
        return with(keeps.with(keep));
    }

    public Offers notKeeping(Keep keep, Instant pausedUntil) {
        return with(keeps.without(keep, pausedUntil));
    }

    /// Once the master has looked who waits in vain.
    public Offers after(OfferEvent.NeedsLooked looked) {
        return with(keeps.after(looked));
    }

    /// Without any memory of what is kept.
    public Offers keepingNothing() {
        return with(Keeps.NONE);
    }

    private Offers with(Keeps next) {
        return new Offers(byId, byAgent, byFramework, byAge, newest, next);
    }

    private static <K> PSortedMap<K, PSortedMap<OfferId, Offer>> with(
            PSortedMap<K, PSortedMap<OfferId, Offer>> index, K key, Offer offer) {
        var some = index.getOrDefault(key, TreePMap.empty());
        return index.plus(key, some.plus(offer.id(), offer));
    }

    private static <K> PSortedMap<K, PSortedMap<OfferId, Offer>> without(
            PSortedMap<K, PSortedMap<OfferId, Offer>> index, K key, Offer offer) {
        var rest = index.getOrDefault(key, TreePMap.empty()).minus(offer.id());
        return rest.isEmpty() ? index.minus(key) : index.plus(key, rest);
    }
}
