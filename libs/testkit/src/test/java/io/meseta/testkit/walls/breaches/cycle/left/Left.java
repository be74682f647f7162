package io.meseta.testkit.walls.breaches.cycle.left;

import io.meseta.testkit.walls.breaches.cycle.right.Right;

/// Planted: half of a cycle.
public record Left(Right right) {}
