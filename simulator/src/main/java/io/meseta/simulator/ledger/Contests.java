package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.contest.Rivalry;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.master.core.role.Roles;
import io.meseta.master.engine.Committed;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.util.TreeSet;

/// Whether what is offered to several at once is there once, is offered to those alone who share in
/// that way, and is offered to nobody any more as soon as somebody has it.
final class Contests {

    private Contests() {}

    static void check(Committed batch) {
        var touched = new TreeSet<AgentId>();
        for (var event : batch.events()) {
            if (!(event instanceof Event.OfOffer(var each))) continue;
            switch (each) {
                case OfferEvent.OfferMade(var offer) -> {
                    touched.add(offer.agent());
                    if (offer.isCopy()) made(offer, batch);
                }
                case OfferEvent.OfferEnded(var offer, _) -> touched.add(offer.agent());
                case OfferEvent.CopyCounted(var copy) -> touched.add(copy.agent());
                case OfferEvent.ResourcesRefused _,
                        OfferEvent.AllocationSettled _,
                        OfferEvent.RefusalsElapsed _,
                        OfferEvent.OfGang _,
                        OfferEvent.AgentKept _,
                        OfferEvent.KeepEnded _,
                        OfferEvent.NeedsLooked _ -> {}
            }
        }
        for (var agent : touched)
            for (var offer : batch.after().offers().on(agent))
                if (offer.isCopy()) check(offer, batch);
    }

    private static void made(Offer copy, Committed batch) {
        var original = batch.after().offers().find(copy.copyOf().orElseThrow());
        unless(original.isPresent(), copy + " is made of an offer that is over");
        var roles = batch.after().roles();
        unless(
                isShared(roles, copy.grant().role())
                        && isShared(roles, original.get().grant().role()),
                copy + " is made of " + original.get() + ", and one of them does not share");
    }

    private static boolean isShared(Roles roles, Role role) {
        return roles.sharing(role).isOptimistic();
    }

    private static void check(Offer copy, Committed batch) {
        var offers = batch.after().offers();
        var original = offers.find(copy.copyOf().orElseThrow()).filter(each -> !each.isCopy());
        unless(original.isPresent(), copy + " stands, and what it was a copy of is over");
        unless(
                original.get().agent().equals(copy.agent())
                        && original.get().grant().resources().contains(copy.grant().resources()),
                copy + " holds more than " + original.get());
        var others = offers.rivalsOf(copy);
        unless(others.size() <= Rivalry.COPIES_MAX, copy + " has too many rivals: " + others);
        var frameworks = new TreeSet<FrameworkId>();
        frameworks.add(copy.framework());
        for (var other : others)
            unless(
                    frameworks.add(other.framework()),
                    other.framework() + " is offered the same twice: " + other);
    }
}
