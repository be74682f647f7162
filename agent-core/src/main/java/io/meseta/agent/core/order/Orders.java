package io.meseta.agent.core.order;

/// How far the master's orders have come.
///
/// @param epoch the highest epoch heard of; 0 for none
/// @param seen the highest order number taken; 0 for none
public record Orders(long epoch, long seen) {

    public static Orders none() {
        return new Orders(0, 0);
    }

    /// An order of a lower epoch comes from a master that no longer leads.
    public boolean isStale(long orderEpoch) {
        return Long.compareUnsigned(orderEpoch, epoch) < 0;
    }

    public boolean hasSeen(long number) {
        return Long.compareUnsigned(number, seen) <= 0;
    }

    public Orders atEpoch(long higher) {
        return new Orders(higher, seen);
    }

    public Orders taken(long number) {
        return new Orders(epoch, number);
    }

    /// A new agent has taken no orders; what it knows of epochs stays true.
    public Orders startedOver() {
        return new Orders(epoch, 0);
    }
}
