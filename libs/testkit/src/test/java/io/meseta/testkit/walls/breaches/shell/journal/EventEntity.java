package io.meseta.testkit.walls.breaches.shell.journal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/// Planted: an entity that is public and not named a row.
@Entity
public class EventEntity {

    @Id private long seq;

    public long seq() {
        return seq;
    }
}
