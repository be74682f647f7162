package io.meseta.master.roles;

import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.role.QuotaProblem;
import io.meseta.master.doors.Exchange;
import java.io.IOException;

/// Says in Mesos' words why roles can't be as an operator wants them.
final class Complaints {

    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private Complaints() {}

    /// What was asked for.
    ///
    /// @param failed how a complaint begins
    /// @param isOlder whether a lack of resources is a conflict
    record Wish(String failed, boolean isOlder) {

        static final Wish UPDATE = new Wish("Invalid QuotaConfig: ", false);
        static final Wish SET = new Wish("Failed to validate set quota request: ", true);
        static final Wish REMOVE = new Wish("Failed to remove quota: ", false);

        static Wish removing(String path) {
            return new Wish("Failed to remove quota for path '" + path + "': ", false);
        }
    }

    static void answer(Exchange exchange, Wish wish, Refusal refusal) throws IOException {
        switch (refusal) {
            case Refusal.QuotaRefused(QuotaProblem.Overcommitted problem) when wish.isOlder() ->
                    exchange.text(
                            CONFLICT,
                            "Quota guarantees overcommit the cluster (use 'force' to bypass this"
                                    + " check): Total quota guarantees '%s' exceed cluster capacity"
                                            .formatted(problem.guarantees())
                                    + " '"
                                    + problem.capacity()
                                    + "'");
            case Refusal.QuotaRefused(var problem) ->
                    exchange.text(BAD_REQUEST, wish.failed() + text(problem));
            case Refusal.NotLeading _ -> exchange.unavailable("This master does not lead any more");
            case Refusal.TooMuch(var what, var limit) ->
                    exchange.text(BAD_REQUEST, "There may be at most " + limit + " " + what);
            case Refusal other ->
                    throw new IllegalStateException("nobody refuses a role like this: " + other);
        }
    }

    private static String text(QuotaProblem problem) {
        return switch (problem) {
            case QuotaProblem.LimitPassed(var role, var consumed, var limits) ->
                    "Role '%s' is already consuming '%s'; this is more than the requested limits"
                                    .formatted(role, consumed)
                            + " '"
                            + limits
                            + "' (use 'force' flag to bypass this check)";
            case QuotaProblem.GuaranteesPassed(var role, var guarantees, var below) ->
                    "Invalid quota configuration. Parent role '%s' with guarantees (%s) does not"
                                    .formatted(role, guarantees)
                            + " contain the sum of its children's guarantees ("
                            + below
                            + ")";
            case QuotaProblem.LimitsPassed(var role, var limits, var above, var limitsAbove) ->
                    "Invalid quota configuration. The limits of role '%s' (%s) are not within those"
                                    .formatted(role, limits)
                            + " of its ancestor '%s' (%s)".formatted(above, limitsAbove);
            case QuotaProblem.Overcommitted(var guarantees, var capacity) ->
                    "total quota guarantees '%s' exceed cluster capacity '%s'"
                                    .formatted(guarantees, capacity)
                            + " (use 'force' flag to bypass this check)";
            case QuotaProblem.QuotaPresent(var role) ->
                    "Cannot set quota for role '" + role + "' which already has quota";
            case QuotaProblem.QuotaAbsent(var role) -> "Role '" + role + "' has no quota set";
        };
    }
}
