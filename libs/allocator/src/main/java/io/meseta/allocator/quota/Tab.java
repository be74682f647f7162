package io.meseta.allocator.quota;

import io.meseta.model.quota.Quantities;

/// What somebody has of what has a bound, during one allocation: a framework, of what it has been
/// offered and has not answered; a role, of what is held for it.
public final class Tab {

    private final double most;
    private final Quantities total;
    private Quantities offered;

    /// Whether it was passed over for having too much.
    public boolean wasFull;

    public Tab(Quantities offered, Quantities total, double most) {
        this.offered = offered;
        this.total = total;
        this.most = most;
    }

    public boolean isFull() {
        return offered.shareOf(total) >= most;
    }

    public boolean hasRoomFor(Quantities more) {
        return offered.plus(more).shareOf(total) <= most;
    }

    public void add(Quantities more) {
        offered = offered.plus(more);
    }
}
