package io.meseta.testkit.walls.breaches.shell;

import io.meseta.testkit.walls.breaches.shell.journal.EventEntity;
import org.springframework.web.bind.annotation.RestController;

/// Planted: a controller that is public, oddly named, and reaches another one and the journal.
@RestController
public final class PublicDoor {

    private final SecondController second = new SecondController();
    private final Object row = new EventEntity();

    boolean opens() {
        return second.equals(row);
    }
}
