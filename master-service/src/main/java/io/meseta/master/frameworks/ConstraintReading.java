package io.meseta.master.frameworks;

import io.meseta.allocator.constraint.AttributeConstraint.Condition;
import io.meseta.allocator.constraint.AttributeConstraint.Selector;
import io.meseta.allocator.constraint.OfferConstraints.Group;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.scheduler.AttributeConstraint;
import io.meseta.mesos.v1.scheduler.OfferConstraints;
import io.meseta.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Reads offer constraints, with Mesos' checks.
///
/// @param programMax how large a compiled regular expression may be
record ConstraintReading(int programMax) {

    private static final String INVALID = "Offer constraints are not valid: ";

    /// More than any framework has reason to say; each is asked for each agent.
    private static final int CONSTRAINTS_MAX = 1_000;

    /// @param roles the framework's
    io.meseta.allocator.constraint.OfferConstraints read(
            OfferConstraints constraints, Set<String> roles) throws Unacceptable {
        var byRole = constraints.getRoleConstraintsMap();
        if (byRole.isEmpty()) return io.meseta.allocator.constraint.OfferConstraints.NONE;
        // The missing blanks here and below are Mesos' own.
        for (var role : byRole.keySet())
            if (!roles.contains(role))
                throw new Unacceptable(
                        "Offer constraints specify `role_constraints` for a role '"
                                + role
                                + "'not contained in the set of roles");
        checkCount(constraints);
        var groups = new TreeMap<Role, List<Group>>();
        for (var entry : byRole.entrySet())
            groups.put(new Role(entry.getKey()), groups(entry.getKey(), entry.getValue()));
        return new io.meseta.allocator.constraint.OfferConstraints(
                groups, Sealed.seal(constraints));
    }

    private static void checkCount(OfferConstraints constraints) throws Unacceptable {
        int count =
                constraints.getRoleConstraintsMap().values().stream()
                        .flatMap(role -> role.getGroupsList().stream())
                        .mapToInt(group -> Math.max(1, group.getAttributeConstraintsCount()))
                        .sum();
        if (count > CONSTRAINTS_MAX)
            throw new Unacceptable(
                    INVALID + "A framework may have at most " + CONSTRAINTS_MAX + " constraints");
    }

    private List<Group> groups(String role, OfferConstraints.RoleConstraints constraints)
            throws Unacceptable {
        if (constraints.getGroupsCount() == 0)
            throw new Unacceptable(
                    INVALID
                            + "'OfferConstraints::role_constraints' has an empty"
                            + " 'RoleConstraints::groups' for role "
                            + role);
        var groups = new ArrayList<Group>();
        for (var group : constraints.getGroupsList()) {
            if (group.getAttributeConstraintsCount() == 0)
                throw new Unacceptable(
                        INVALID
                                + "'OfferConstraints::RoleConstraints::groups' for role "
                                + role
                                + "contains an empty RoleConstraints::Group");
            var all = new ArrayList<io.meseta.allocator.constraint.AttributeConstraint>();
            for (var each : group.getAttributeConstraintsList()) all.add(constraint(role, each));
            groups.add(new Group(all));
        }
        return groups;
    }

    private io.meseta.allocator.constraint.AttributeConstraint constraint(
            String role, AttributeConstraint constraint) throws Unacceptable {
        try {
            return new io.meseta.allocator.constraint.AttributeConstraint(
                    selector(constraint.getSelector()), condition(constraint.getPredicate()));
        } catch (Unacceptable invalid) {
            throw invalid.within(
                    INVALID + "A role " + role + " has an invalid 'AttributeConstraint': ");
        }
    }

    private static Selector selector(AttributeConstraint.Selector selector) throws Unacceptable {
        return switch (selector.getSelectorCase()) {
            case PSEUDOATTRIBUTE_TYPE ->
                    switch (selector.getPseudoattributeType()) {
                        case HOSTNAME -> new Selector.Hostname();
                        case REGION -> new Selector.Region();
                        case ZONE -> new Selector.Zone();
                        case UNKNOWN -> throw new Unacceptable("Unknown pseudoattribute type");
                    };
            case ATTRIBUTE_NAME -> new Selector.Named(selector.getAttributeName());
            case SELECTOR_NOT_SET ->
                    throw new Unacceptable(
                            "Exactly one of 'AttributeConstraint::Selector::name' or"
                                    + " 'AttributeConstraint::Selector::pseudoattribute_type'"
                                    + " must be set");
        };
    }

    private Condition condition(AttributeConstraint.Predicate predicate) throws Unacceptable {
        return switch (predicate.getPredicateCase()) {
            case EXISTS -> new Condition.Exists();
            case NOT_EXISTS -> new Condition.NotExists();
            case TEXT_EQUALS -> new Condition.TextEquals(predicate.getTextEquals().getValue());
            case TEXT_NOT_EQUALS ->
                    new Condition.TextNotEquals(predicate.getTextNotEquals().getValue());
            case TEXT_MATCHES ->
                    new Condition.TextMatches(
                            LinearPattern.compile(
                                    predicate.getTextMatches().getRegex(), programMax));
            case TEXT_NOT_MATCHES ->
                    new Condition.TextNotMatches(
                            LinearPattern.compile(
                                    predicate.getTextNotMatches().getRegex(), programMax));
            case PREDICATE_NOT_SET -> throw new Unacceptable("Unknown predicate type");
        };
    }
}
