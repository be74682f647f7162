package io.meseta.master.core.preemption;

import io.meseta.allocator.Prospects;
import io.meseta.allocator.Prospects.Opening;
import io.meseta.allocator.Prospects.Seeker;
import io.meseta.allocator.quota.Meter;
import io.meseta.allocator.want.Shortage;
import io.meseta.allocator.want.Want;
import io.meseta.master.core.offer.Keep;
import io.meseta.master.core.offer.Keep.Beneficiary;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.Offers;
import io.meseta.master.core.role.Roles;
import io.meseta.master.core.task.Preemption;
import io.meseta.master.core.task.Preemption.Cause;
import io.meseta.master.core.task.Task;
import io.meseta.model.AgentId;
import io.meseta.model.Priority;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Who waits in vain, and which tasks end for it: for whoever has said by REQUEST what it needs,
/// tasks of lower priority on one agent; for a role that has less than it is guaranteed, tasks that
/// have some of that, of no higher priority.
///
/// Used once. Nobody ends for what could be had anyway, or could not be had even so.
public final class Preempting {

    /// Looked at so often at most.
    static final Duration LOOK_PAUSE = Duration.ofSeconds(1);

    /// Whoever has waited for less may be given something without anyone's end.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    static final Duration VAIN_PAUSE = Duration.ofSeconds(10);

    /// What ends slowly is not waited for any longer.
    static final Duration KEEP_MAX = Duration.ofMinutes(2);

    private static final int NEEDS_MAX = 4;
    private static final int WANTS_MAX = 4;
    private static final int TASKS_MAX = 64;
    private static final int AGENTS_MAX = 500;

    /// So many agents are asked for what is needed in one look, whoever needs it: it takes the
    /// writer's time.
    private static final int QUESTIONS_MAX = 20_000;

    private static final int UNITS_MAX = 2_000;

    private final PreemptionPremises premises;
    private final Prospects prospects;
    private final Units units;
    private final List<Seeker> seekers;
    private final List<Plan> plans = new ArrayList<>();
    private int tasksLeft = TASKS_MAX;
    private int questionsLeft;

    private Preempting(PreemptionPremises premises) {
        this.premises = premises;
        prospects = Prospects.of(premises.pool());
        units = new Units(premises, prospects);
        questionsLeft = Math.max(1, QUESTIONS_MAX / Math.max(1, prospects.agents()));
        seekers = prospects.seekers().stream().filter(each -> preempts(each.role())).toList();
    }

    /// What comes of one look.
    ///
    /// @param lacking the roles that have less than they are guaranteed
    /// @param vain those for whom nothing can be done now, so that others are looked at
    public record Outcome(List<Plan> plans, SortedSet<Role> lacking, SortedSet<Beneficiary> vain) {

        public Outcome {
            plans = List.copyOf(plans);
        }
    }

    /// @param wants those that have waited for long enough; never empty
    private record Need(Seeker seeker, List<Want> wants) {

        Instant since() {
            return wants.getFirst().since();
        }

        Beneficiary beneficiary() {
            return new Beneficiary(seeker.framework(), seeker.role());
        }
    }

    /// On one agent.
    private record Choice(AgentId agent, List<Unit> units, List<Offer> offers) {

        /// Of all, the highest; offers are worth less than anything that runs.
        Priority priority() {
            var least = new Priority(-Priority.MOST);
            return units.stream().map(Unit::priority).reduce(least, Priority::atLeast);
        }

        int size() {
            return units.stream().mapToInt(Unit::size).sum();
        }

        /// The more, the younger they are, and the less is lost with them.
        long startedMillis() {
            return units.stream()
                    .flatMap(unit -> unit.tasks().stream())
                    .mapToLong(task -> task.placement().at().toEpochMilli())
                    .sum();
        }
    }

    /// When to look next; empty where no role has anyone end.
    public static Optional<Instant> next(Roles roles, Offers offers) {
        return roles.havePreemption() ? Optional.of(offers.keeps().nextLook()) : Optional.empty();
    }

    /// Until when those for whom nothing could be done are not looked at again.
    public static Instant again(Instant now) {
        return now.plus(VAIN_PAUSE);
    }

    public static Instant nextAfter(Instant now) {
        return now.plus(LOOK_PAUSE);
    }

    public static Outcome look(PreemptionPremises premises) {
        return new Preempting(premises).look();
    }

    private Outcome look() {
        var needs = needs();
        var vain = new TreeSet<Beneficiary>();
        if (needs.isEmpty() && lacking().isEmpty())
            return new Outcome(List.of(), new TreeSet<>(), vain);
        // What ends already will be free.
        premises.tasks()
                .all()
                .filter(task -> task.preemption().isPresent() && task.holdsResources())
                .filter(task -> premises.pool().hasAgent(task.agent()))
                .forEach(task -> prospects.ended(Units.grant(task)));
        for (var need : needs) {
            if (questionsLeft == 0) break;
            if (!plan(need)) vain.add(need.beneficiary());
        }
        var lacking = lacking();
        for (var role : lacking) {
            var since = premises.offers().keeps().lacking().get(role);
            if (since != null && isDue(since)) reclaim(role);
        }
        return new Outcome(plans, lacking, vain);
    }

    private boolean preempts(Role role) {
        return premises.roles().sharing(role).preempts();
    }

    private Priority priority(Role role) {
        return premises.roles().sharing(role).priority();
    }

    private boolean isDue(Instant since) {
        return !since.plus(PATIENCE).isAfter(premises.now());
    }

    /// The most important first, then those that have waited longest; one for each beneficiary.
    private List<Need> needs() {
        var keeps = premises.offers().keeps();
        var needs = new ArrayList<Need>();
        for (var seeker : seekers) {
            var beneficiary = new Beneficiary(seeker.framework(), seeker.role());
            if (keeps.isFor(beneficiary) || keeps.isPaused(beneficiary, premises.now())) continue;
            var due = seeker.wants().stream().filter(want -> isDue(want.since())).toList();
            if (!due.isEmpty()) needs.add(new Need(seeker, due));
        }
        needs.sort(
                Comparator.<Need, Priority>comparing(need -> priority(need.seeker().role()))
                        .reversed()
                        .thenComparing(Need::since)
                        .thenComparing(need -> need.seeker().framework())
                        .thenComparing(need -> need.seeker().role()));
        return needs.size() > NEEDS_MAX ? needs.subList(0, NEEDS_MAX) : needs;
    }

    /// Whether it is given something. It may need what can't be had, and other things beside it:
    /// where there are many, chance decides with which one it begins.
    private boolean plan(Need need) {
        var wants = new ArrayList<>(need.wants());
        if (wants.size() > Math.min(WANTS_MAX, questionsLeft))
            Collections.rotate(wants, Math.floorMod(premises.seed(), wants.size()));
        for (var want : wants.subList(0, Math.min(WANTS_MAX, wants.size()))) {
            if (questionsLeft == 0) return false;
            questionsLeft--;
            if (plan(need.seeker(), want)) return true;
        }
        return false;
    }

    private boolean plan(Seeker seeker, Want want) {
        var needed = want.needed();
        var openings = prospects.openings(seeker, needed, want.agent());
        boolean isThere = openings.stream().anyMatch(each -> Shortage.none(needed, each.free()));
        if (isThere || tasksLeft == 0) return false;
        var choices = new ArrayList<Choice>();
        for (var opening : some(openings)) {
            if (isPlanned(opening.agent())) continue;
            var there = units.on(opening.agent(), seeker, priority(seeker.role()), false);
            var offers = withdrawable(opening.agent(), seeker);
            var free = opening.free().plus(units.ending(opening.agent(), seeker));
            for (var offer : offers)
                free = free.plus(prospects.usable(seeker, offer.grant().resources()));
            new Selection(needed, there, tasksLeft)
                    .enough(free)
                    .ifPresent(chosen -> choices.add(new Choice(opening.agent(), chosen, offers)));
        }
        var best =
                choices.stream()
                        .min(
                                Comparator.comparing(Choice::priority)
                                        .thenComparingInt(Choice::size)
                                        .thenComparingLong(choice -> -choice.startedMillis())
                                        .thenComparing(Choice::agent))
                        .filter(choice -> isAllowed(choice, seeker.role(), needed));
        if (best.isEmpty()) return false;
        var choice = best.get();
        var until = premises.now().plus(KEEP_MAX);
        var keep = new Keep(choice.agent(), seeker.framework(), seeker.role(), needed, until);
        end(choice.units(), choice.offers(), seeker.role(), Optional.of(keep));
        return true;
    }

    private boolean isAllowed(Choice choice, Role role, Resources needed) {
        var tasks = choice.units().stream().flatMap(unit -> unit.tasks().stream());
        var offers = choice.offers().stream().map(Offer::grant);
        var ends = Stream.concat(tasks.map(Units::grant), offers).toList();
        return prospects.isAllowed(role, needed, ends);
    }

    /// What nobody uses yet, and is offered to itself or to somebody who does not come first.
    private List<Offer> withdrawable(AgentId agent, Seeker seeker) {
        return premises.offers().countedOn(agent).stream()
                .filter(offer ->
                        offer.framework().equals(seeker.framework())
                                || priority(offer.grant().role()).compareTo(priority(seeker.role()))
                                        < 0)
                .toList();
    }

    private boolean isPlanned(AgentId agent) {
        return plans.stream()
                .flatMap(plan -> plan.keep().stream())
                .anyMatch(keep -> keep.agent().equals(agent));
    }

    /// Where there are too many, chance decides where to begin.
    private List<Opening> some(List<Opening> openings) {
        if (openings.size() <= AGENTS_MAX) return openings;
        var rotated = new ArrayList<>(openings);
        Collections.rotate(rotated, Math.floorMod(premises.seed(), openings.size()));
        return rotated.subList(0, AGENTS_MAX);
    }

    /// Roles for which somebody would take what they are guaranteed and can't be given.
    private SortedSet<Role> lacking() {
        var lacking = new TreeSet<Role>();
        for (var role : premises.roles().quotas().keySet()) {
            if (!preempts(role) || seekers(role).isEmpty()) continue;
            if (!prospects.lacking(role).isEmpty()) lacking.add(role);
        }
        return lacking;
    }

    private List<Seeker> seekers(Role role) {
        return seekers.stream()
                .filter(each -> each.role().equals(role) || role.isAncestorOf(each.role()))
                .filter(Seeker::isOpen)
                .toList();
    }

    /// What is freed is kept by quota: nobody else is offered what lacks.
    private void reclaim(Role role) {
        var lacking = prospects.lacking(role);
        if (lacking.isEmpty() || tasksLeft == 0) return;
        var byAgent = new TreeMap<AgentId, Seeker>();
        for (var seeker : seekers(role))
            for (var opening : some(prospects.openings(seeker, Resources.EMPTY, Optional.empty())))
                byAgent.putIfAbsent(opening.agent(), seeker);
        var all = new ArrayList<Unit>();
        byAgent.forEach((agent, seeker) -> {
            if (isPlanned(agent)) return;
            for (var unit : units.on(agent, seeker, priority(role), true)) {
                var part = scalars(Meter.counted(unit.part()), lacking);
                if (!part.isEmpty()) all.add(unit.of(part));
            }
        });
        all.sort(Unit.ORDER);
        var few = all.size() > UNITS_MAX ? all.subList(0, UNITS_MAX) : all;
        var chosen = new Selection(scalars(lacking, lacking), few, tasksLeft).some(Resources.EMPTY);
        if (!chosen.isEmpty()) end(chosen, List.of(), role, Optional.empty());
    }

    private static Resources scalars(Quantities amounts, Quantities names) {
        var resources = new ArrayList<Resource>();
        for (var name : names.byName().keySet())
            if (amounts.amount(name) > 0)
                resources.add(Resource.scalar(name, amounts.amount(name)));
        return Resources.of(resources);
    }

    private void end(List<Unit> chosen, List<Offer> offers, Role role, Optional<Keep> keep) {
        var victims = new ArrayList<Plan.Victim>();
        for (var unit : chosen) {
            units.choose(unit);
            for (var task : unit.tasks()) victims.add(new Plan.Victim(task, why(task, role, keep)));
        }
        tasksLeft -= victims.size();
        for (var offer : offers) prospects.ended(offer.grant());
        plans.add(new Plan(victims, offers, keep));
    }

    private Preemption why(Task task, Role role, Optional<Keep> keep) {
        return new Preemption(
                role,
                keep.map(Keep::framework),
                keep.isPresent() ? Cause.PRIORITY : Cause.GUARANTEE,
                priority(role),
                units.priority(task),
                premises.now());
    }
}
