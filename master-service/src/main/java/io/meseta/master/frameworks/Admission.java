package io.meseta.master.frameworks;

import io.meseta.authorization.Verdict;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RolesProperties;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.scheduler.OfferConstraints;
import io.meseta.platform.identity.Caller;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/// Whether a framework may be what it says it is: the same rules when it comes and when it changes.
final class Admission {

    private static final String ROOT = "root";

    private final Rights rights;
    private final RolesProperties roles;
    private final boolean takesRoot;
    private final ConstraintReading constraints;

    Admission(Rights rights, RolesProperties roles, FrameworksProperties properties) {
        this.rights = rights;
        this.roles = roles;
        this.takesRoot = properties.rootSubmissions();
        this.constraints = new ConstraintReading(properties.regexProgramMax());
    }

    /// A framework is its principal's: it need not say so.
    static FrameworkInfo owned(Caller caller, FrameworkInfo info) {
        return caller.isAuthenticated() && info.getPrincipal().isEmpty()
                ? info.toBuilder().setPrincipal(caller.principal()).build()
                : info;
    }

    FrameworkProfile profile(FrameworkInfo info) throws Unacceptable {
        var profile = FrameworkReading.read(info);
        var strange = new TreeSet<>(FrameworkReading.names(info));
        strange.removeIf(roles::allows);
        if (!strange.isEmpty())
            throw new Unacceptable(
                    "Roles "
                            + FrameworkReading.listed(strange)
                            + " are not present in the master's --roles");
        if (!takesRoot && info.getUser().equals(ROOT))
            throw new Unacceptable(
                    "User 'root' is not allowed to run frameworks"
                            + " without --root_submissions set");
        return profile;
    }

    OfferWishes wishes(
            FrameworkInfo info, Collection<String> suppressed, OfferConstraints constraints)
            throws Unacceptable {
        return new OfferWishes(
                FrameworkReading.suppressed(info, suppressed),
                this.constraints.read(constraints, FrameworkReading.names(info)));
    }

    /// Why the caller may not have such a framework; empty if it may.
    Optional<String> denial(Caller caller, FrameworkProfile profile, FrameworkInfo info) {
        return rights.register(caller, profile) instanceof Verdict.Denied(var rule, _, var reason)
                ? Optional.of(
                        "Not authorized to use roles '{ "
                                + String.join(", ", FrameworkReading.names(info))
                                + " }' ("
                                + rule
                                + "): "
                                + reason)
                : Optional.empty();
    }
}
