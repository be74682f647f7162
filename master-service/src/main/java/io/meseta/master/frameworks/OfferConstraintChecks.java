package io.meseta.master.frameworks;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.scheduler.AttributeConstraint;
import io.meseta.mesos.v1.scheduler.OfferConstraints;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Whether offer constraints make sense.
final class OfferConstraintChecks {

    /// As long a pattern as could be of use; what it may cost is bounded by that.
    private static final int REGEX_CHARACTERS_MAX = 512;

    private static final String INVALID = "Offer constraints are not valid: ";

    private OfferConstraintChecks() {}

    static void check(OfferConstraints constraints, Set<String> roles) throws Unacceptable {
        var byRole = constraints.getRoleConstraintsMap();
        // The missing blanks here and below are Mesos' own.
        for (var role : byRole.keySet())
            if (!roles.contains(role))
                throw new Unacceptable(
                        "Offer constraints specify `role_constraints` for a role '"
                                + role
                                + "'not contained in the set of roles");
        for (var entry : byRole.entrySet()) check(entry.getKey(), entry.getValue());
    }

    private static void check(String role, OfferConstraints.RoleConstraints constraints)
            throws Unacceptable {
        if (constraints.getGroupsCount() == 0)
            throw new Unacceptable(
                    INVALID
                            + "'OfferConstraints::role_constraints' has an empty"
                            + " 'RoleConstraints::groups' for role "
                            + role);
        for (var group : constraints.getGroupsList()) {
            if (group.getAttributeConstraintsCount() == 0)
                throw new Unacceptable(
                        INVALID
                                + "'OfferConstraints::RoleConstraints::groups' for role "
                                + role
                                + "contains an empty RoleConstraints::Group");
            for (var constraint : group.getAttributeConstraintsList()) check(role, constraint);
        }
    }

    private static void check(String role, AttributeConstraint constraint) throws Unacceptable {
        try {
            checkSelector(constraint.getSelector());
            checkPredicate(constraint.getPredicate());
        } catch (Unacceptable invalid) {
            throw invalid.within(
                    INVALID + "A role " + role + " has an invalid 'AttributeConstraint': ");
        }
    }

    private static void checkSelector(AttributeConstraint.Selector selector) throws Unacceptable {
        switch (selector.getSelectorCase()) {
            case PSEUDOATTRIBUTE_TYPE -> {
                if (selector.getPseudoattributeType()
                        == AttributeConstraint.Selector.PseudoattributeType.UNKNOWN)
                    throw new Unacceptable("Unknown pseudoattribute type");
            }
            case ATTRIBUTE_NAME -> {
                // Any name may be asked for.
            }
            case SELECTOR_NOT_SET ->
                    throw new Unacceptable(
                            "Exactly one of 'AttributeConstraint::Selector::name' or"
                                    + " 'AttributeConstraint::Selector::pseudoattribute_type'"
                                    + " must be set");
        }
    }

    private static void checkPredicate(AttributeConstraint.Predicate predicate)
            throws Unacceptable {
        switch (predicate.getPredicateCase()) {
            case TEXT_MATCHES -> checkRegex(predicate.getTextMatches().getRegex());
            case TEXT_NOT_MATCHES -> checkRegex(predicate.getTextNotMatches().getRegex());
            case EXISTS, NOT_EXISTS, TEXT_EQUALS, TEXT_NOT_EQUALS -> {
                // Nothing can be wrong with them.
            }
            case PREDICATE_NOT_SET -> throw new Unacceptable("Unknown predicate type");
        }
    }

    private static void checkRegex(String regex) throws Unacceptable {
        if (regex.length() > REGEX_CHARACTERS_MAX)
            throw new Unacceptable(
                    "A regular expression may have at most "
                            + REGEX_CHARACTERS_MAX
                            + " characters");
        try {
            var _ = Pattern.compile(regex);
        } catch (PatternSyntaxException broken) {
            throw new Unacceptable(
                    "Failed to construct regex from pattern '"
                            + regex
                            + "': "
                            + broken.getDescription());
        }
    }
}
