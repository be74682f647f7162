package io.meseta.testkit.walls.breaches.shell;

import org.springframework.context.annotation.Configuration;

/// Planted with [OneConfiguration], and hidden.
@Configuration
class OtherConfiguration {}
