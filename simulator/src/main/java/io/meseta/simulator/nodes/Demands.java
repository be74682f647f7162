package io.meseta.simulator.nodes;

import io.meseta.allocator.MinAllocatable;
import io.meseta.allocator.constraint.AttributeConstraint;
import io.meseta.allocator.constraint.AttributeConstraint.Condition;
import io.meseta.allocator.constraint.AttributeConstraint.Selector;
import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.allocator.constraint.OfferConstraints.Group;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.offer.Offer;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.simulator.world.BrokenPromise;
import io.meseta.simulator.world.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a framework says of itself, and what it wants to be offered: things that it changes while
/// it listens.
final class Demands {

    /// The attribute that agents have, and the values that it has.
    static final String RACK = "rack";

    static final int RACKS = 3;

    private final World world;
    private final Node node;
    private final SchedulerLink link;
    private Temper temper;
    private final Shown shown;
    private final SortedSet<Role> suppressed = new TreeSet<>();
    private OfferConstraints constraints = OfferConstraints.NONE;

    /// Whether any of it has changed since the framework last introduced itself.
    private boolean isChanged;

    Demands(World world, Node node, SchedulerLink link) {
        this.world = world;
        this.node = node;
        this.link = link;
        this.temper = Temper.drawn(world.chance());
        this.shown = new Shown(world);
    }

    /// What it takes for offered to it.
    Shown shown() {
        return shown;
    }

    Temper temper() {
        return temper;
    }

    /// Another framework begins where one has ended.
    void redraw() {
        temper = Temper.drawn(world.chance());
        suppressed.clear();
        constraints = OfferConstraints.NONE;
    }

    /// As it says when it subscribes.
    SchedulerLink.Introduction introduction(Optional<FrameworkId> id) {
        isChanged = false;
        return new SchedulerLink.Introduction(id, profile(), wishes());
    }

    private FrameworkProfile profile() {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                node.name(),
                temper.roles(),
                temper.capabilities(),
                temper.patience(),
                minAllocatable(),
                Opaque.EMPTY);
    }

    /// It is content with less, or wants more, where its name says so: nothing to be drawn anew
    /// each time that it speaks.
    private SortedMap<Role, MinAllocatable> minAllocatable() {
        var byRole = new TreeMap<Role, MinAllocatable>();
        if (node.name().hashCode() % 2 == 0)
            byRole.put(
                    temper.roles().getFirst(),
                    new MinAllocatable(List.of(new TreeMap<>(Map.of("cpus", 200L)))));
        return byRole;
    }

    private OfferWishes wishes() {
        return new OfferWishes(suppressed, constraints);
    }

    void suppress(SortedSet<Role> roles) {
        isChanged = true;
        suppressed.addAll(roles.isEmpty() ? temper.roles() : roles);
        link.call(caller -> new Command.Suppress(caller, roles), () -> {});
    }

    void suppressOne() {
        suppress(new TreeSet<>(List.of(temper.roles().getFirst())));
    }

    void revive() {
        isChanged = true;
        suppressed.clear();
        link.call(caller -> new Command.Revive(caller, Collections.emptySortedSet()), () -> {});
    }

    /// Joins other roles, or suppresses others, or wants other agents. Whether the master hears of
    /// it or not, it says the same when it subscribes again.
    void change() {
        isChanged = true;
        temper = temper.amongOthers(world.chance());
        suppressed.clear();
        for (var role : temper.roles()) if (world.chance().oneIn(4)) suppressed.add(role);
        constraints = world.chance().oneIn(2) ? onRack(temper.roles()) : OfferConstraints.NONE;
        world.trace().note(node.name(), "changes to " + temper.roles() + " but " + suppressed);
        var profile = profile();
        var wishes = wishes();
        link.call(caller -> new Command.UpdateFramework(caller, profile, wishes), () -> {});
    }

    /// Says what it needs, or that it needs nothing in particular. Where it is suppressed it is
    /// offered what fits.
    void request() {
        isChanged = true;
        var wishes = new ArrayList<Command.Wish>();
        if (world.chance().oneIn(2)) wishes.addAll(gang());
        for (long i = world.chance().between(0, 3); i > 0; i--)
            wishes.add(
                    new Command.Wish(
                            world.chance().oneIn(2)
                                    ? Optional.empty()
                                    : Optional.of(world.chance().pick(Temper.ROLES)),
                            Optional.empty(),
                            Resources.of(
                                    Resource.scalar("cpus", world.chance().between(1, 12) * 500))));
        world.trace().note(node.name(), "needs " + wishes);
        link.call(caller -> new Command.RequestResources(caller, wishes), () -> {});
    }

    /// Things of which it can use all or none: more, now and then, than there will ever be.
    private List<Command.Wish> gang() {
        var role =
                world.chance().oneIn(2)
                        ? Optional.<Role>empty()
                        : Optional.of(world.chance().pick(Temper.ROLES));
        long cpus = world.chance().between(1, 8) * 500;
        var name = Optional.of("g" + world.chance().between(1, 3));
        var wishes = new ArrayList<Command.Wish>();
        for (long i = world.chance().between(2, 6); i > 0; i--)
            wishes.add(
                    new Command.Wish(
                            role,
                            Optional.empty(),
                            Resources.of(Resource.scalar("cpus", cpus)),
                            name));
        return wishes;
    }

    private OfferConstraints onRack(SortedSet<Role> roles) {
        var isThere =
                new AttributeConstraint(
                        new Selector.Named(RACK),
                        new Condition.TextEquals("r" + world.chance().below(RACKS)));
        return new OfferConstraints(
                new TreeMap<>(Map.of(roles.getFirst(), List.of(new Group(List.of(isThere))))),
                Opaque.EMPTY);
    }

    /// What it said with its subscription must hold from the first offer on.
    void check(List<Offer> offers) {
        shown.offered(offers);
        if (isChanged) return;
        for (var offer : offers) {
            var role = offer.grant().role();
            if (!temper.roles().contains(role) || suppressed.contains(role))
                throw new BrokenPromise(
                        node.name() + " is offered " + offer + " in a role that it does not want");
        }
    }
}
