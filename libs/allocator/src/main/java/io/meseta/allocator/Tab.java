package io.meseta.allocator;

import io.meseta.model.quota.Quantities;

/// What a framework has been offered and has not answered, during one allocation, for all of its
/// roles.
final class Tab {

    private final double most;
    private final Quantities total;
    private Quantities offered;

    /// Whether it was passed over for having too much.
    boolean wasFull;

    Tab(Quantities offered, Quantities total, double most) {
        this.offered = offered;
        this.total = total;
        this.most = most;
    }

    boolean isFull() {
        return offered.shareOf(total) >= most;
    }

    void add(Quantities more) {
        offered = offered.plus(more);
    }
}
