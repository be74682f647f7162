package io.meseta.master.roles;

import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.quota.QuotaConfig;
import io.meseta.mesos.v1.quota.QuotaRequest;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads quotas that operators want, as far as they can be judged by themselves; the complaints are
/// Mesos'.
final class QuotaReading {

    /// More names of resources than this nobody has.
    private static final int NAMES_MAX = 64;

    private static final MathContext FIFTEEN_DIGITS = new MathContext(15);

    private final RolesProperties properties;

    QuotaReading(RolesProperties properties) {
        this.properties = properties;
    }

    /// Of a role that is named twice the last counts.
    SortedMap<Role, Quota> configs(List<QuotaConfig> wire) throws Unacceptable {
        var quotas = new TreeMap<Role, Quota>();
        for (var each : wire) {
            var name = each.getRole();
            if (!properties.allows(name))
                throw invalid("'" + name + "' is not on the roles whitelist");
            if (name.contains("/"))
                throw new Unacceptable(
                        "Updating quota on nested role '" + name + "' is not supported yet");
            var problem = Role.problem(name);
            if (problem.isPresent()) throw invalid("Invalid 'QuotaConfig.role': " + problem.get());
            quotas.put(new Role(name), quota(each));
        }
        return quotas;
    }

    private static Quota quota(QuotaConfig config) throws Unacceptable {
        var guarantees = new TreeMap<String, Long>();
        for (var each : sorted(config.getGuaranteesMap()).entrySet())
            guarantees.put(
                    each.getKey(), amount(each, "Invalid guarantee configuration {'%s': %s}: "));
        var limits = new TreeMap<String, Long>();
        for (var each : sorted(config.getLimitsMap()).entrySet())
            limits.put(
                    each.getKey(),
                    amount(each, "Invalid 'QuotaConfig.limits': {'%s': %s} is invalid: "));
        if (guarantees.size() > NAMES_MAX || limits.size() > NAMES_MAX)
            throw invalid("There may be at most " + NAMES_MAX + " names of resources");
        var quantities = Quantities.of(guarantees);
        if (!new Limits(limits).contains(quantities))
            throw invalid(
                    ("'QuotaConfig.guarantees' %s is not contained within the"
                                    + " 'QuotaConfig.limits' %s")
                            .formatted(
                                    text(config.getGuaranteesMap()), text(config.getLimitsMap())));
        return new Quota(quantities, new Limits(limits));
    }

    private static long amount(Map.Entry<String, Value.Scalar> named, String complaint)
            throws Unacceptable {
        double value = named.getValue().getValue();
        try {
            return Scalar.ofWire(value).thousandths();
        } catch (IllegalArgumentException wrong) {
            throw invalid(complaint.formatted(named.getKey(), text(value)) + wrong.getMessage());
        }
    }

    /// A quota that is a guarantee and its limit in one.
    Quantities guarantees(QuotaRequest request) throws Unacceptable {
        var name = request.getRole();
        check(request.getGuaranteeList());
        var problem = Role.problem(name);
        if (problem.isPresent()) throw unset("QuotaInfo with invalid role: " + problem.get());
        if (request.getGuaranteeCount() == 0) throw unset("QuotaInfo with empty 'guarantee'");
        if (request.getGuaranteeCount() > NAMES_MAX)
            throw unset("There may be at most " + NAMES_MAX + " names of resources");
        var names = new TreeSet<String>();
        for (var each : request.getGuaranteeList()) {
            var misfit = misfit(each);
            if (misfit != null) throw unset(misfit);
            if (!names.add(each.getName()))
                throw unset("QuotaInfo contains duplicate resource name '" + each.getName() + "'");
        }
        if (!properties.allows(name)) throw unset("Unknown role '" + name + "'");
        if (name.contains("/"))
            throw new Unacceptable(
                    "Setting quota on nested role '" + name + "' is not supported yet");
        return Quantities.of(ResourceReading.read(request.getGuaranteeList()));
    }

    private static void check(List<Resource> guarantee) throws Unacceptable {
        try {
            ResourceReading.read(guarantee);
        } catch (Unacceptable invalid) {
            throw unset("QuotaInfo with invalid resource: " + invalid.getMessage());
        }
    }

    /// Why this can't be part of a quota; null if it can.
    @SuppressWarnings("deprecation") // the older form of reservations
    private static @Nullable String misfit(Resource resource) {
        boolean isReserved =
                resource.hasReservation()
                        || resource.getReservationsCount() > 0
                        || !resource.getRole().equals(Role.ANY.name());
        if (isReserved) return "QuotaInfo must not contain any ReservationInfo";
        if (resource.hasDisk()) return "QuotaInfo must not contain DiskInfo";
        if (resource.hasRevocable()) return "QuotaInfo must not contain RevocableInfo";
        if (resource.getType() != Value.Type.SCALAR)
            return "QuotaInfo must not include non-scalar resources";
        return null;
    }

    private static SortedMap<String, Value.Scalar> sorted(Map<String, Value.Scalar> amounts) {
        return new TreeMap<>(amounts);
    }

    private static String text(Map<String, Value.Scalar> amounts) {
        if (amounts.isEmpty()) return "{}";
        return sorted(amounts).entrySet().stream()
                .map(each -> each.getKey() + ": " + text(each.getValue().getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    /// Plainly up to fifteen digits.
    private static String text(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        var digits = new BigDecimal(value).round(FIFTEEN_DIGITS).stripTrailingZeros();
        if (digits.signum() == 0) return "0";
        int exponent = digits.precision() - digits.scale() - 1;
        return exponent < FIFTEEN_DIGITS.getPrecision()
                ? digits.toPlainString()
                : Double.toString(value);
    }

    private static Unacceptable invalid(String why) {
        return new Unacceptable("Invalid QuotaConfig: " + why);
    }

    private static Unacceptable unset(String why) {
        return new Unacceptable("Failed to validate set quota request: " + why);
    }
}
