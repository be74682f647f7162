package io.meseta.mesos.resources;

import io.meseta.mesos.v1.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Collectors;

/// Resources from the wire as text, also those that could not be: for complaints about them.
final class ResourceText {

    private static final int DECIMALS = 3;

    /// No complaint repeats more of what was sent.
    private static final int CHARACTERS_MAX = 500;

    private ResourceText() {}

    /// As Mesos prints it: `cpus(allocated: dev)(reservations: [(STATIC,dev)]):0.5`.
    static String of(Resource wire) {
        var text = new StringBuilder(wire.getName());
        if (wire.hasAllocationInfo())
            text.append("(allocated: ").append(wire.getAllocationInfo().getRole()).append(')');
        var reservations = reservations(wire);
        if (!reservations.isEmpty())
            text.append("(reservations: [").append(reservations).append("])");
        if (wire.hasRevocable()) text.append("{REV}");
        if (wire.hasShared()) text.append("<SHARED>");
        text.append(':').append(value(wire));
        return text.length() > CHARACTERS_MAX
                ? text.substring(0, CHARACTERS_MAX) + "…"
                : text.toString();
    }

    @SuppressWarnings("deprecation") // the older form is what many frameworks still send
    private static String reservations(Resource wire) {
        if (wire.getReservationsCount() > 0)
            return wire.getReservationsList().stream()
                    .map(each -> "(" + each.getType() + "," + each.getRole() + ")")
                    .collect(Collectors.joining(","));
        if (wire.getRole().equals("*")) return "";
        return "(" + (wire.hasReservation() ? "DYNAMIC" : "STATIC") + "," + wire.getRole() + ")";
    }

    private static String value(Resource wire) {
        return switch (wire.getType()) {
            case SCALAR -> number(wire.getScalar().getValue());
            case RANGES ->
                    wire.getRanges().getRangeList().stream()
                            .map(range ->
                                    Long.toUnsignedString(range.getBegin())
                                            + "-"
                                            + Long.toUnsignedString(range.getEnd()))
                            .collect(Collectors.joining(", ", "[", "]"));
            case SET ->
                    wire.getSet().getItemList().stream()
                            .collect(Collectors.joining(", ", "{", "}"));
            case TEXT -> "";
        };
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) return Double.toString(value);
        var rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
