package io.meseta.master.engine;

import io.meseta.master.core.cluster.Decision;

/// What became of one command of a batch.
public sealed interface Answer {

    record Decided(Decision decided) implements Answer {}

    /// Nothing, for the rules could not cope with it: an error of ours, which whoever sent it must
    /// not be able to make everybody's. Nothing of it has happened.
    ///
    /// @param command what kind of command it was; its content may be a tenant's secret
    record Broken(Class<?> command, RuntimeException fault) implements Answer {}

    /// The decision.
    ///
    /// @throws CommandBroken if there is none
    default Decision decision() {
        return switch (this) {
            case Decided(var decision) -> decision;
            case Broken broken -> throw new CommandBroken(broken);
        };
    }
}
