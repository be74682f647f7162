package io.meseta.testkit.walls.breaches.shell;

import io.meseta.testkit.walls.breaches.shell.journal.EventEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Planted: a controller that is public, oddly named, reaches another one and the journal, and does
/// not say whom it answers.
@RestController
public final class PublicDoor {

    private final SecondController second = new SecondController();
    private final Object row = new EventEntity();

    @GetMapping("/anybody")
    boolean answersAnybody() {
        return opens();
    }

    boolean opens() {
        return second.equals(row);
    }
}
