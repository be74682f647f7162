package io.meseta.master.core.offer;

import io.meseta.master.core.gang.Gangs;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// All outstanding offers, by id, by agent, by framework and by age.
public final class Offers {

    private static final Comparator<Offer> OLDEST =
            Comparator.comparing(Offer::madeAt).thenComparing(Offer::id);

    private static final Offers NONE =
            new Offers(
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    TreePMap.empty(),
                    Copies.NONE,
                    Keeps.NONE,
                    Gangs.NONE);

    private final PSortedMap<OfferId, Offer> byId;
    private final PSortedMap<AgentId, PSortedMap<OfferId, Offer>> byAgent;
    private final PSortedMap<FrameworkId, PSortedMap<OfferId, Offer>> byFramework;

    /// Those of one batch are of one age.
    private final PSortedMap<Instant, PSortedMap<OfferId, Offer>> byAge;

    /// When each framework was last offered anything.
    private final PSortedMap<FrameworkId, Instant> newest;

    private final Copies copies;
    private final Keeps keeps;
    private final Gangs gangs;

    private Offers(
            PSortedMap<OfferId, Offer> byId,
            PSortedMap<AgentId, PSortedMap<OfferId, Offer>> byAgent,
            PSortedMap<FrameworkId, PSortedMap<OfferId, Offer>> byFramework,
            PSortedMap<Instant, PSortedMap<OfferId, Offer>> byAge,
            PSortedMap<FrameworkId, Instant> newest,
            Copies copies,
            Keeps keeps,
            Gangs gangs) {
        this.byId = byId;
        this.byAgent = byAgent;
        this.byFramework = byFramework;
        this.byAge = byAge;
        this.newest = newest;
        this.copies = copies;
        this.keeps = keeps;
        this.gangs = gangs;
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

    /// Those that count: all but the copies.
    public Stream<Offer> counted() {
        return byId.values().stream().filter(offer -> !offer.isCopy());
    }

    /// Those of the agent that count.
    public List<Offer> countedOn(AgentId agent) {
        return on(agent).stream().filter(offer -> !offer.isCopy()).toList();
    }

    /// The copies of an offer, in the order in which they were made.
    public List<Offer> copiesOf(OfferId original) {
        return copies.of(original).stream()
                .flatMap(id -> find(id).stream())
                .sorted(OLDEST)
                .toList();
    }

    /// All others that hold what an offer holds: only one of them can be had.
    public List<Offer> rivalsOf(Offer offer) {
        var original = offer.copyOf().orElse(offer.id());
        var rivals = new ArrayList<Offer>();
        find(original).ifPresent(rivals::add);
        rivals.addAll(copiesOf(original));
        rivals.removeIf(rival -> rival.id().equals(offer.id()));
        return rivals;
    }

    /// The offers that are over and have copies left.
    public SortedSet<OfferId> bereft() {
        return copies.bereft();
    }

    /// A copy counts in the place of the offer that it was a copy of.
    public Offers counting(Offer copy) {
        var known = find(copy.id()).filter(Offer::isCopy);
        if (known.isEmpty()) return this;
        var others = copiesOf(known.get().copyOf().orElseThrow());
        var next = this;
        for (var other : others) next = next.without(other);
        next = next.with(known.get().counted());
        for (var other : others)
            if (!other.id().equals(copy.id())) next = next.with(other.asCopyOf(copy.id()));
        return next;
    }

    /// When the framework was last offered anything, as far as this leader knows.
    public Optional<Instant> newestTo(FrameworkId framework) {
        return Optional.ofNullable(newest.get(framework));
    }

    /// Without a memory of the framework.
    public Offers forgetting(FrameworkId framework) {
        return new Offers(
                byId, byAgent, byFramework, byAge, newest.minus(framework), copies, keeps, gangs);
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
                copies.with(offer),
                keeps.offering(offer),
                gangs);
    }

    public Offers without(Offer offer) {
        return new Offers(
                byId.minus(offer.id()),
                without(byAgent, offer.agent(), offer),
                without(byFramework, offer.framework(), offer),
                without(byAge, offer.madeAt(), offer),
                newest,
                copies.without(offer),
                keeps,
                gangs);
    }

    /// What is gathered for somebody, and shown to nobody yet.
    public Gangs gangs() {
        return gangs;
    }

    public Offers gathering(Gangs next) {
        return with(keeps, next);
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
        return with(next, gangs);
    }

    private Offers with(Keeps next, Gangs gathered) {
        return new Offers(byId, byAgent, byFramework, byAge, newest, copies, next, gathered);
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
