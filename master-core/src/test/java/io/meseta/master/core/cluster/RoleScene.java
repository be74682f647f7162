package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.play.Play;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.Weight;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Roles that are given weights and quotas.
abstract class RoleScene {

    static final Role DEV = Play.DEV;
    static final Role OPS = new Role("ops");
    static final Role QA = new Role("qa");
    static final Role WEB = new Role("dev/web");
    final Play play = new Play();

    long rescinded(FrameworkId framework) {
        return play.told(framework).stream().filter(News.Rescinded.class::isInstance).count();
    }

    static SortedMap<Role, Quota> one(Role role, Quota quota) {
        return new TreeMap<>(Map.of(role, quota));
    }

    void weigh(Map<Role, Weight> weights) {
        play.put(new Command.UpdateWeights(new TreeMap<>(weights)));
    }

    Decision update(Role role, Quota quota, boolean isForced) {
        return play.put(new Command.UpdateQuotas(new TreeMap<>(Map.of(role, quota)), isForced));
    }

    static FrameworkProfile profile(Role role) {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                "another",
                new TreeSet<>(Set.of(role)),
                Set.of(FrameworkCapability.PARTITION_AWARE),
                Duration.ofMinutes(1),
                Opaque.EMPTY);
    }

    static Quota quota(String guarantees, String limits) {
        var most = new TreeMap<String, Long>();
        for (var part : limits.split(";", -1)) {
            if (part.isEmpty()) continue;
            var at = part.indexOf(':');
            var amount = Double.parseDouble(part.substring(at + 1));
            most.put(part.substring(0, at), Scalar.ofWire(amount).thousandths());
        }
        return new Quota(quantities(guarantees), new Limits(most));
    }

    static Quantities quantities(String amounts) {
        return Quantities.of(Resources.parse(amounts));
    }
}
