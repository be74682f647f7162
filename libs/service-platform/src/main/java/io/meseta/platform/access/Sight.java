package io.meseta.platform.access;

import io.meseta.authorization.Target;
import io.meseta.authorization.engine.Decider;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What one caller may see of a list, for one request and one thread.
public final class Sight implements Predicate<Target> {

    private final @Nullable Decider decider;

    private Sight(@Nullable Decider decider) {
        this.decider = decider;
    }

    static Sight of(Decider decider) {
        return new Sight(decider);
    }

    /// Everything is seen.
    static Sight open() {
        return new Sight(null);
    }

    @Override
    public boolean test(Target target) {
        return decider == null || decider.test(target);
    }

    /// Whether everything is seen, so that nothing needs to be filtered.
    public boolean isAlways() {
        return decider == null || decider.isAlways();
    }

    /// Whether nothing is seen, so that nothing needs to be looked at.
    public boolean isNever() {
        return Optional.ofNullable(decider).map(Decider::isNever).orElse(false);
    }
}
