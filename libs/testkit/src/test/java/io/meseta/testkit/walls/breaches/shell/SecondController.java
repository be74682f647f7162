package io.meseta.testkit.walls.breaches.shell;

import org.springframework.web.bind.annotation.RestController;

/// A controller as it should be.
@RestController
final class SecondController {}
