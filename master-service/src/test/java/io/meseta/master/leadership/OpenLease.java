package io.meseta.master.leadership;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.journal.Connector;
import io.meseta.master.leadership.Leadership.Address;
import java.time.Duration;
import java.util.UUID;

/// A lease that somebody has, for tests elsewhere.
public final class OpenLease implements AutoCloseable {

    private final DatabaseLease lease;
    private final Epoch epoch;

    public OpenLease(Connector connector) {
        lease = new DatabaseLease(connector, Duration.ofSeconds(30), UUID.randomUUID());
        var attempt = lease.obtain(new Address("here", 5050), Epoch.NONE);
        epoch = ((Lease.Attempt.Obtained) attempt).epoch();
    }

    /// Whether it is still held.
    public boolean renew() {
        return lease.renew(epoch);
    }

    @Override
    public void close() {
        lease.close();
    }
}
