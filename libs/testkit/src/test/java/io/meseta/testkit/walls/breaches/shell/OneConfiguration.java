package io.meseta.testkit.walls.breaches.shell;

import org.springframework.context.annotation.Configuration;

/// Planted with [OtherConfiguration]: two in one room.
@Configuration
public class OneConfiguration {}
