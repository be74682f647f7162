package io.meseta.testkit.walls.breaches.cycle.right;

import io.meseta.testkit.walls.breaches.cycle.left.Left;

/// Planted: the other half.
public interface Right {
    Left left();
}
