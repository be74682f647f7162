package io.meseta.allocator;

import static java.util.Objects.requireNonNull;

import io.meseta.allocator.constraint.AttributeConstraint;
import io.meseta.allocator.order.Shuffle;
import io.meseta.allocator.rule.Sharing;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The allocator as one would write it first: lists, everything computed anew for each question,
/// nothing remembered. It says what [Pool] must say.
final class ReferencePool {

    record Machine(Resources total, AgentTraits traits, boolean isActive) {}

    record Refusal(Grant grant, Instant until) {}

    final SortedMap<AgentId, Machine> machines = new TreeMap<>();
    final SortedMap<FrameworkId, Demand.Member> members = new TreeMap<>();
    final SortedMap<Role, Weight> weights = new TreeMap<>();
    final SortedMap<Role, Quota> quotas = new TreeMap<>();
    final SortedMap<Role, Sharing> sharings = new TreeMap<>();
    final List<Grant> held = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();

    /// A pool of the same state to which everything is new.
    Pool rebuilt() {
        var pool = Pool.empty();
        for (var weight : weights.entrySet()) {
            pool = pool.withWeight(weight.getKey(), weight.getValue());
        }
        for (var quota : quotas.entrySet()) {
            pool = pool.withQuota(quota.getKey(), quota.getValue());
        }
        for (var sharing : sharings.entrySet()) {
            pool = pool.withSharing(sharing.getKey(), sharing.getValue());
        }
        for (var machine : machines.entrySet()) {
            var value = machine.getValue();
            pool = pool.withAgent(machine.getKey(), value.total(), value.traits());
            pool = pool.withAgentActive(machine.getKey(), value.isActive());
        }
        for (var member : members.entrySet()) {
            pool = pool.withFramework(member.getKey(), member.getValue().traits());
            pool = pool.withFrameworkActive(member.getKey(), member.getValue().isActive());
        }
        for (var grant : held) pool = pool.allocated(grant);
        for (var refusal : refusals) pool = pool.refused(refusal.grant(), refusal.until());
        return pool;
    }

    /// Grants for all agents, in the order in which a wholly unsettled pool takes them.
    List<Grant> allocate(long seed) {
        var open = new ArrayList<AgentId>();
        for (var agent : machines.keySet()) {
            if (machine(agent).isActive() && !free(agent, List.of()).isEmpty()) {
                open.add(agent);
            }
        }
        Shuffle.shuffle(open, seed);
        var grants = new ArrayList<Grant>();
        for (var agent : open) {
            if (new ReferenceQuotas(this, grants).isOwing()) serve(agent, grants, true);
        }
        for (var agent : open) serve(agent, grants, false);
        return merged(grants);
    }

    /// Whether the role lends what it is guaranteed, since nobody asks for anything in it.
    boolean lendsNow(Role role) {
        var sharing = sharings.get(role);
        for (var above : role.ancestors()) if (sharing == null) sharing = sharings.get(above);
        if (sharing == null || !sharing.lends()) return false;
        return members.values().stream()
                .filter(Demand.Member::isActive)
                .map(Demand.Member::traits)
                .noneMatch(traits ->
                        traits.roles().stream()
                                .filter(each -> each.equals(role) || role.isAncestorOf(each))
                                .anyMatch(each -> !traits.suppressed().contains(each)));
    }

    private void serve(AgentId agent, List<Grant> grants, boolean forGuarantees) {
        var tried = new TreeSet<Claimant>();
        for (var next = next(agent, grants, tried, forGuarantees);
                next.isPresent();
                next = next(agent, grants, tried, forGuarantees)) {
            grants.add(next.get());
        }
    }

    /// What a claimant is granted of an agent twice comes in one.
    private static List<Grant> merged(List<Grant> grants) {
        var merged = new ArrayList<Grant>();
        for (var grant : grants) {
            int at = 0;
            while (at < merged.size()
                    && !(merged.get(at).claimant().equals(grant.claimant())
                            && merged.get(at).agent().equals(grant.agent()))) {
                at++;
            }
            if (at == merged.size()) {
                merged.add(grant);
            } else {
                var before = merged.get(at);
                merged.set(
                        at,
                        new Grant(
                                before.agent(),
                                before.framework(),
                                before.role(),
                                before.resources().plus(grant.resources())));
            }
        }
        return merged;
    }

    Resources free(AgentId agent, List<Grant> grants) {
        var left = machine(agent).total();
        for (var grant : concat(held, grants)) {
            if (grant.agent().equals(agent)) left = left.without(grant.resources());
        }
        return left;
    }

    private Machine machine(AgentId agent) {
        return requireNonNull(machines.get(agent));
    }

    private Optional<Grant> next(
            AgentId agent, List<Grant> grants, SortedSet<Claimant> tried, boolean forGuarantees) {
        var quotas = new ReferenceQuotas(this, grants);
        for (var claimant : inOrder(grants)) {
            if (!tried.add(claimant)) continue;
            var wanted = takeable(claimant, agent, free(agent, grants), quotas, forGuarantees);
            if (!wanted.isEmpty()) {
                return Optional.of(new Grant(agent, claimant.framework(), claimant.role(), wanted));
            }
        }
        return Optional.empty();
    }

    private Resources takeable(
            Claimant claimant,
            AgentId agent,
            Resources free,
            ReferenceQuotas quotas,
            boolean forGuarantees) {
        var traits = requireNonNull(members.get(claimant.framework())).traits();
        var machine = machine(agent);
        var capabilities = machine.traits().capabilities();
        boolean isFit =
                (machine.total().scalar("gpus") == 0
                                || traits.has(FrameworkCapability.GPU_RESOURCES))
                        && (!machine.traits().isInRemoteRegion()
                                || traits.has(FrameworkCapability.REGION_AWARE))
                        && (!traits.has(FrameworkCapability.MULTI_ROLE)
                                || capabilities.contains(AgentCapability.MULTI_ROLE))
                        && (claimant.role().parent().isEmpty()
                                || capabilities.contains(AgentCapability.HIERARCHICAL_ROLE));
        if (!isFit || !isOnAWantedHost(claimant.role(), traits, machine)) return Resources.EMPTY;
        var wanted =
                quotas.allowed(
                        claimant.role(),
                        free.allocatableTo(claimant.role())
                                .filter(resource -> understands(traits, resource)),
                        forGuarantees);
        boolean isEnough = wanted.scalar("cpus") >= 10 || wanted.scalar("mem") >= 32_000;
        return isEnough && !isRefused(claimant, agent, wanted) ? wanted : Resources.EMPTY;
    }

    /// The only constraints that these histories have: one host per role.
    private static boolean isOnAWantedHost(Role role, FrameworkTraits traits, Machine machine) {
        var groups = traits.constraints().groups().get(role);
        if (groups == null) return true;
        var condition = groups.getFirst().constraints().getFirst().condition();
        return condition.equals(
                new AttributeConstraint.Condition.TextEquals(machine.traits().place().hostname()));
    }

    private static boolean understands(FrameworkTraits traits, Resource resource) {
        return (traits.has(FrameworkCapability.REVOCABLE_RESOURCES) || !resource.kind().revocable())
                && (traits.has(FrameworkCapability.RESERVATION_REFINEMENT)
                        || resource.kind().reservations().size() <= 1);
    }

    private boolean isRefused(Claimant claimant, AgentId agent, Resources wanted) {
        return refusals.stream()
                .map(Refusal::grant)
                .anyMatch(grant ->
                        grant.claimant().equals(claimant)
                                && grant.agent().equals(agent)
                                && grant.resources().contains(wanted));
    }

    /// All who may ask, the smallest share first, roles before frameworks.
    private List<Claimant> inOrder(List<Grant> grants) {
        var order = new ArrayList<Claimant>();
        var tops = new TreeSet<Role>();
        for (var role : roles(grants)) if (role.parent().isEmpty()) tops.add(role);
        addInOrder(tops, Optional.empty(), grants, order);
        return order;
    }

    private void addInOrder(
            SortedSet<Role> siblings,
            Optional<Role> own,
            List<Grant> grants,
            List<Claimant> order) {
        record Entry(Role role, boolean isLeaf, double share) {}
        var entries = new ArrayList<Entry>();
        own.ifPresent(role -> entries.add(new Entry(role, true, share(role, true, grants))));
        for (var role : siblings) {
            double weight = weights.getOrDefault(role, Weight.DEFAULT).value();
            entries.add(new Entry(role, false, share(role, false, grants) / weight));
        }
        entries.sort(Comparator.comparingDouble(Entry::share).thenComparing(Entry::role));
        for (var entry : entries) {
            if (entry.isLeaf()) {
                addFrameworks(entry.role(), grants, order);
                continue;
            }
            var below = new TreeSet<Role>();
            for (var role : roles(grants)) {
                if (role.parent().equals(Optional.of(entry.role()))) below.add(role);
            }
            addInOrder(below, Optional.of(entry.role()), grants, order);
        }
    }

    private void addFrameworks(Role role, List<Grant> grants, List<Claimant> order) {
        members.entrySet().stream()
                .filter(member -> member.getValue().isActive())
                .filter(member -> member.getValue().traits().roles().contains(role))
                .filter(member -> !member.getValue().traits().suppressed().contains(role))
                .map(member -> new Claimant(member.getKey(), role))
                .sorted(
                        Comparator.<Claimant>comparingDouble(claimant ->
                                        share(
                                                concat(held, grants).stream()
                                                        .filter(grant ->
                                                                grant.claimant().equals(claimant))
                                                        .toList()))
                                .thenComparing(Comparator.naturalOrder()))
                .forEach(order::add);
    }

    private SortedSet<Role> roles(List<Grant> grants) {
        var roles = new TreeSet<Role>();
        for (var member : members.values()) {
            if (member.isActive()) roles.addAll(member.traits().roles());
        }
        for (var grant : concat(held, grants)) roles.add(grant.role());
        for (var role : List.copyOf(roles)) roles.addAll(role.ancestors());
        return roles;
    }

    private double share(Role role, boolean isAlone, List<Grant> grants) {
        return share(
                concat(held, grants).stream()
                        .filter(grant ->
                                grant.role().equals(role)
                                        || (!isAlone && role.isAncestorOf(grant.role())))
                        .toList());
    }

    private double share(List<Grant> grants) {
        var total = new TreeMap<String, Long>();
        for (var machine : machines.values()) {
            machine.total()
                    .scalarTotals()
                    .forEach((name, more) -> total.merge(name, more, Long::sum));
        }
        var used = new TreeMap<String, Long>();
        for (var grant : grants) {
            grant.resources()
                    .scalarTotals()
                    .forEach((name, more) -> used.merge(name, more, Long::sum));
        }
        double share = 0;
        for (var amount : used.entrySet()) {
            var whole = total.get(amount.getKey());
            if (whole != null) share = Math.max(share, amount.getValue() / (double) whole);
        }
        return share;
    }

    private static List<Grant> concat(List<Grant> left, List<Grant> right) {
        var both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }
}
