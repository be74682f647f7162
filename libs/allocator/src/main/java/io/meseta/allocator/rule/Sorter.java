package io.meseta.allocator.rule;

/// Whose turn it is on an agent, at each level of the role tree.
public enum Sorter {

    /// Whoever has the smallest share, by weight.
    DRF,

    /// Whoever is drawn, by weight: roles by theirs, frameworks of one role alike.
    RANDOM
}
