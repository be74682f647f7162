package io.meseta.gateway.services;

import io.meseta.authorization.Attribute;
import io.meseta.authorization.Call;
import io.meseta.authorization.Target;
import io.meseta.authorization.Verdict;
import io.meseta.gateway.catalogue.Instance;
import io.meseta.gateway.forwarding.Leave;
import io.meseta.platform.access.Access;
import io.meseta.platform.identity.Authenticator;
import io.meseta.platform.identity.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Which instances of a name a caller may call.
///
/// A name is nobody's property: tasks of two roles may both serve it. The rules are asked once for
/// each role, and a call goes only where they allow it.
final class Admission {

    private final Access access;
    private final Authenticator authenticator;

    Admission(Access access, Authenticator authenticator) {
        this.access = access;
        this.authenticator = authenticator;
    }

    /// How long a call may go on that was admitted: until the caller is revoked, or the rules
    /// refuse what they allowed.
    Leave leave(Caller caller, String service, Call call, Instance instance) {
        return Leave.by(
                authenticator::version,
                () ->
                        authenticator.isStillGood(caller)
                                && access.decideCall(
                                                caller, target(service, Place.of(instance)), call)
                                        .isAllowed());
    }

    /// @param admitted those the caller may call; empty if `denied` says why not
    /// @param denied absent if anything is admitted
    record Admitted(List<Instance> admitted, Optional<Verdict.Denied> denied) {}

    Admitted admit(Caller caller, String service, Call call, List<Instance> instances) {
        // Asked without a role where nobody serves, so that strangers learn no names.
        if (instances.isEmpty()) {
            var verdict = access.decideCall(caller, Target.service(service), call);
            return new Admitted(List.of(), denial(verdict));
        }
        var verdicts = new HashMap<Place, Verdict>();
        var admitted = new ArrayList<Instance>();
        Optional<Verdict.Denied> denied = Optional.empty();
        for (var instance : instances) {
            var place = Place.of(instance);
            var verdict =
                    verdicts.computeIfAbsent(
                            place, _ -> access.decideCall(caller, target(service, place), call));
            if (verdict.isAllowed()) admitted.add(instance);
            else denied = denial(verdict);
        }
        return new Admitted(admitted, admitted.isEmpty() ? denied : Optional.empty());
    }

    private record Place(String role, String framework) {

        static Place of(Instance instance) {
            return new Place(instance.offer().role(), instance.key().framework());
        }
    }

    private static Target target(String service, Place place) {
        var target = Target.service(service).and(Attribute.FRAMEWORK, place.framework());
        return place.role().isEmpty() ? target : target.and(Attribute.ROLE, place.role());
    }

    private static Optional<Verdict.Denied> denial(Verdict verdict) {
        return verdict instanceof Verdict.Denied denied ? Optional.of(denied) : Optional.empty();
    }
}
