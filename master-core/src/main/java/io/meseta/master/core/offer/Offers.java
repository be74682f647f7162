package io.meseta.master.core.offer;

import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/// All outstanding offers, by id, by agent and by framework.
public final class Offers {

    private static final Offers NONE =
            new Offers(TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

    private final PSortedMap<OfferId, Offer> byId;
    private final PSortedMap<AgentId, PSortedMap<OfferId, Offer>> byAgent;
    private final PSortedMap<FrameworkId, PSortedMap<OfferId, Offer>> byFramework;

    private Offers(
            PSortedMap<OfferId, Offer> byId,
            PSortedMap<AgentId, PSortedMap<OfferId, Offer>> byAgent,
            PSortedMap<FrameworkId, PSortedMap<OfferId, Offer>> byFramework) {
        this.byId = byId;
        this.byAgent = byAgent;
        this.byFramework = byFramework;
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

    public Offers with(Offer offer) {
        return new Offers(
                byId.plus(offer.id(), offer),
                with(byAgent, offer.agent(), offer),
                with(byFramework, offer.framework(), offer));
    }

    public Offers without(Offer offer) {
        return new Offers(
                byId.minus(offer.id()),
                without(byAgent, offer.agent(), offer),
                without(byFramework, offer.framework(), offer));
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
