package io.meseta.simulator.store;

import io.meseta.master.core.reign.Epoch;
import java.util.Optional;

/// Who may lead, until when: one row in the database, on the database's clock.
public final class Lease {

    /// How long a lease holds unless it is renewed.
    public static final long LENGTH_MILLIS = 5_000;

    private String holder = "";
    private Epoch epoch = Epoch.NONE;
    private long endsAt;

    /// Takes the lease if nobody else holds it; each taking has an epoch of its own.
    public Optional<Epoch> take(String master, long now) {
        if (now < endsAt && !holder.equals(master)) return Optional.empty();
        holder = master;
        epoch = new Epoch(epoch.number() + 1);
        endsAt = now + LENGTH_MILLIS;
        return Optional.of(epoch);
    }

    /// False if the lease has passed to someone else, or to a later taking.
    public boolean renew(String master, Epoch taken, long now) {
        if (!holder.equals(master) || !epoch.equals(taken) || now >= endsAt) return false;
        endsAt = now + LENGTH_MILLIS;
        return true;
    }

    public void giveBack(String master, Epoch taken) {
        if (holder.equals(master) && epoch.equals(taken)) endsAt = 0;
    }
}
