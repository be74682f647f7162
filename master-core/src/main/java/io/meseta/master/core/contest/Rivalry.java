package io.meseta.master.core.contest;

import io.meseta.allocator.Grant;
import io.meseta.allocator.Pool;
import io.meseta.allocator.Rivals;
import io.meseta.allocator.Rivals.Found;
import io.meseta.allocator.Rivals.Showing;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.offer.OfferEvent.CopyCounted;
import io.meseta.master.core.offer.OfferEvent.Ending;
import io.meseta.master.core.offer.OfferEvent.OfferEnded;
import io.meseta.master.core.offer.Offers;
import io.meseta.master.core.role.Roles;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/// Where roles are optimistic, the same resources are offered to several frameworks at once.
///
/// One of these offers counts: for shares, quota and what may be left unanswered. The others are
/// copies of it, and cost nobody anything until they are accepted. At the end of each batch a copy
/// holds no more than the offer that it is a copy of.
public final class Rivalry {

    /// So many copies an offer may have. Each makes an offer, and a RESCIND when another is
    /// accepted: what is sent grows with it, and who would answer first is mostly among the first
    /// few.
    public static final int COPIES_MAX = 3;

    private Rivalry() {}

    /// What others are to be shown of what is offered, where something has changed.
    public static Found look(Offers offers, Roles roles, Pool pool, long seed) {
        var showings = new ArrayList<Showing>();
        if (roles.haveOptimism())
            for (var offer : changed(offers, pool)) showing(offers, roles, offer, showings);
        return Rivals.among(pool, showings, seed);
    }

    private static Iterable<Offer> changed(Offers offers, Pool pool) {
        if (Rivals.isAnyoneNew(pool)) return offers.counted().toList();
        return Rivals.changed(pool).stream()
                .flatMap(agent -> offers.countedOn(agent).stream())
                .toList();
    }

    private static void showing(Offers offers, Roles roles, Offer offer, List<Showing> showings) {
        if (offer.gang().isPresent()) return;
        if (!roles.sharing(offer.grant().role()).isOptimistic()) return;
        var copies = offers.copiesOf(offer.id());
        if (copies.size() >= COPIES_MAX) return;
        var to = new TreeSet<FrameworkId>();
        to.add(offer.framework());
        for (var copy : copies) to.add(copy.framework());
        showings.add(new Showing(offer.id(), offer.grant(), to, COPIES_MAX - copies.size()));
    }

    /// What becomes of the copies of offers that are over: if what they hold is still free, the
    /// oldest counts from now on; whatever is not within that is taken back.
    public static List<OfferEvent> settled(Offers offers, Pool pool) {
        if (offers.bereft().isEmpty()) return List.of();
        var events = new ArrayList<OfferEvent>();
        var next = pool;
        for (var original : offers.bereft()) {
            var copies = offers.copiesOf(original);
            var now = next;
            var heir = copies.stream().filter(copy -> mayCount(now, copy)).findFirst();
            var left = heir.map(copy -> copy.grant().resources()).orElse(Resources.EMPTY);
            if (heir.isPresent()) {
                next = next.offered(heir.get().grant());
                events.add(new CopyCounted(heir.get()));
            }
            for (var copy : copies)
                if (!left.contains(copy.grant().resources()))
                    events.add(new OfferEnded(copy, Ending.RESCINDED));
        }
        return events;
    }

    private static boolean mayCount(Pool pool, Offer copy) {
        return !Rivals.isSated(pool, copy.framework()) && Rivals.admits(pool, copy.grant());
    }

    /// Everybody else's offers of what these hold, each once.
    public static List<Offer> rivals(Offers offers, List<Offer> named) {
        var rivals = new LinkedHashMap<String, Offer>();
        for (var offer : named)
            for (var rival : offers.rivalsOf(offer)) rivals.put(rival.id().value(), rival);
        for (var offer : named) rivals.remove(offer.id().value());
        return List.copyOf(rivals.values());
    }

    /// Whether all of these offers, of one agent to one framework in one role, can still be had,
    /// where some are copies.
    ///
    /// @param pool in which they and their rivals are over
    public static boolean areThere(List<Offer> offers, Pool pool) {
        var all = Resources.EMPTY;
        for (var offer : offers)
            all = all.plus(offer.grant().resources().filter(each -> !each.kind().shared()));
        var first = offers.getFirst().grant();
        return Rivals.admits(pool, new Grant(first.agent(), first.framework(), first.role(), all));
    }
}
