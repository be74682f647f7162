package io.meseta.allocator;

import io.meseta.allocator.quota.Metered;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// An agent as the allocator sees it: what it has, and who holds how much of that.
///
/// More may be claimed than there is, for instance while an agent that came back smaller still runs
/// all its tasks. Then nothing of that kind is free.
///
/// @param number no other agent has it now: filters are kept by it
/// @param free what nobody holds, shared volumes aside
/// @param fits whether the claims are within the total
/// @param keptFor the only one who is granted anything of it now; null for anyone
record Seat(
        int number,
        Resources total,
        AgentTraits traits,
        boolean isActive,
        TreePMap<Claimant, Resources> claims,
        Resources free,
        boolean fits,
        @Nullable Claimant keptFor)
        implements Metered {

    static Seat of(int number, Resources total, AgentTraits traits) {
        return new Seat(number, total, traits, true, TreePMap.empty(), unshared(total), true, null);
    }

    @Override
    public void forEachHeld(BiConsumer<Role, Resources> held) {
        claims.forEach((claimant, resources) -> held.accept(claimant.role(), resources));
    }

    /// Whether something could be granted here.
    boolean isOpen() {
        return isActive && !free.isEmpty();
    }

    boolean hasGpus() {
        return total.scalar("gpus") > 0;
    }

    /// The volumes that any number of tasks may use: they are never used up.
    Resources shared() {
        return total.filter(resource -> resource.kind().shared());
    }

    Resources claimed(Claimant claimant) {
        return claims.getOrDefault(claimant, Resources.EMPTY);
    }

    Seat changed(Resources newTotal, AgentTraits newTraits) {
        return withClaims(claims, newTotal, newTraits);
    }

    Seat activated(boolean active) {
        return new Seat(number, total, traits, active, claims, free, fits, keptFor);
    }

    Seat kept(@Nullable Claimant claimant) {
        return new Seat(number, total, traits, isActive, claims, free, fits, claimant);
    }

    /// Whether it is kept for somebody else.
    boolean isKeptFrom(Claimant claimant) {
        return keptFor != null && !keptFor.equals(claimant);
    }

    Seat allocated(Claimant claimant, Resources resources) {
        var more = claims.plus(claimant, claimed(claimant).plus(resources));
        var left = fits ? free.minusIfContained(unshared(resources)) : Optional.<Resources>empty();
        if (left.isEmpty()) return withClaims(more, total, traits);
        return new Seat(number, total, traits, isActive, more, left.get(), true, keptFor);
    }

    /// @throws IllegalArgumentException if the claimant does not hold these resources
    Seat freed(Claimant claimant, Resources resources) {
        var left = claimed(claimant).minus(resources);
        var fewer = left.isEmpty() ? claims.minus(claimant) : claims.plus(claimant, left);
        if (!fits) return withClaims(fewer, total, traits);
        return new Seat(
                number,
                total,
                traits,
                isActive,
                fewer,
                free.plus(unshared(resources)),
                true,
                keptFor);
    }

    private Seat withClaims(
            TreePMap<Claimant, Resources> claims, Resources total, AgentTraits traits) {
        var used = Resources.EMPTY;
        for (var claim : claims.values()) used = used.plus(unshared(claim));
        var whole = unshared(total);
        return new Seat(
                number,
                total,
                traits,
                isActive,
                claims,
                whole.without(used),
                whole.contains(used),
                keptFor);
    }

    private static Resources unshared(Resources resources) {
        return resources.filter(resource -> !resource.kind().shared());
    }
}
