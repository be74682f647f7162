package io.meseta.master.engine;

import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.News.Offered;
import io.meseta.master.core.cluster.effect.Effect.TellFramework;
import io.meseta.master.core.offer.Offer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Puts the offers that one batch makes to one framework into one message.
///
/// Offers are the last thing a batch does, so nothing that should come between is overtaken.
final class Merging {

    private Merging() {}

    static List<Effect> of(List<Effect> effects) {
        var merged = new ArrayList<Effect>(effects.size());
        var offers = new LinkedHashMap<TellFramework, List<Offer>>();
        for (var effect : effects) {
            if (effect instanceof TellFramework(var id, var stream, Offered(var some))) {
                var address = new TellFramework(id, stream, new Offered(List.of()));
                offers.computeIfAbsent(address, _ -> new ArrayList<>()).addAll(some);
            } else {
                merged.add(effect);
            }
        }
        offers.forEach((address, all) ->
                merged.add(
                        new TellFramework(
                                address.framework(), address.stream(), new Offered(all))));
        return merged;
    }
}
