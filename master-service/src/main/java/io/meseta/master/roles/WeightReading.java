package io.meseta.master.roles;

import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.WeightInfo;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads weights that operators want; the complaints are Mesos'.
final class WeightReading {

    private static final String FAILED = "Failed to validate update weights request JSON";
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private final RolesProperties properties;

    WeightReading(RolesProperties properties) {
        this.properties = properties;
    }

    /// Of a role that is named twice the last counts.
    SortedMap<Role, Weight> weights(List<WeightInfo> wire) throws Unacceptable {
        var weights = new TreeMap<Role, Weight>();
        for (var each : wire) {
            var name = each.getRole();
            var problem = Role.problem(name);
            if (problem.isPresent())
                throw new Unacceptable(FAILED + ": Invalid role '" + name + "': " + problem.get());
            if (!properties.allows(name))
                throw new Unacceptable(FAILED + ": Unknown role '" + name + "'");
            weights.put(new Role(name), weight(each));
        }
        return weights;
    }

    private static Weight weight(WeightInfo wire) throws Unacceptable {
        try {
            return new Weight(wire.getWeight());
        } catch (IllegalArgumentException wrong) {
            throw new Unacceptable(
                    FAILED
                            + " for role '%s': Invalid weight '%s': %s"
                                    .formatted(
                                            wire.getRole(),
                                            text(wire.getWeight()),
                                            wrong.getMessage()));
        }
    }

    private static String text(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        var rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
