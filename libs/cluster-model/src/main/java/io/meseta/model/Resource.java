package io.meseta.model;

import java.util.List;
import java.util.Optional;

/// An amount of one kind.
public record Resource(ResourceKind kind, Amount amount) {

    /// An unreserved scalar, in thousandths.
    public static Resource scalar(String name, long thousandths) {
        return new Resource(ResourceKind.plain(name), new Scalar(thousandths));
    }

    /// Reads `name:amount` or `name(role):amount`, the latter as a static reservation.
    ///
    /// @throws IllegalArgumentException with a reason that quotes the text
    public static Resource parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("missing ':' in '" + text.strip() + "'");
        }
        return new Resource(
                parseKind(text.substring(0, colon).strip()),
                Amount.parse(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return kind + ":" + amount;
    }

    private static ResourceKind parseKind(String text) {
        int open = text.indexOf('(');
        if (open < 0) return ResourceKind.plain(text);
        if (!text.endsWith(")")) {
            throw new IllegalArgumentException("missing ')' in '" + text + "'");
        }
        var name = text.substring(0, open).strip();
        var role = new Role(text.substring(open + 1, text.length() - 1).strip());
        if (role.equals(Role.ANY)) return ResourceKind.plain(name);
        return new ResourceKind(
                name,
                List.of(Reservation.ofStatic(role)),
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }
}
