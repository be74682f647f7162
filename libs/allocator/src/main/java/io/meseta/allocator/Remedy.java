package io.meseta.allocator;

import io.meseta.model.AgentCapability;
import io.meseta.model.Amount;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import java.time.Instant;

/// The smallest change by which one reason would not stand against a demand any more.
public sealed interface Remedy {

    /// The framework connects, or is activated.
    record Connect() implements Remedy {}

    /// The framework joins the role.
    record Join(Role role) implements Remedy {}

    /// The framework revives the role, or says what it needs.
    record Revive(Role role) implements Remedy {}

    /// The framework answers offers that it has.
    record Answer() implements Remedy {}

    /// The agent comes back, or an operator activates it.
    record Activate() implements Remedy {}

    /// The framework says that it can do this.
    record Declare(FrameworkCapability capability) implements Remedy {}

    /// The agent becomes one that can do this.
    record Upgrade(AgentCapability capability) implements Remedy {}

    /// The framework wants agents like this one, too.
    record Widen(Role role) implements Remedy {}

    /// The demand becomes less by that much, or others free it.
    ///
    /// @param lacking what is not there: a number, or the values that are missing
    /// @param canBeFreed whether the agent has it, in use
    record Lower(String resource, Amount lacking, boolean canBeFreed) implements Remedy {}

    /// The limit of the role becomes larger by that much, or the role frees it.
    record Raise(Role role, String resource, Scalar by) implements Remedy {}

    /// That much is freed anywhere, or no longer guaranteed to others.
    record Spare(String resource, Scalar by) implements Remedy {}

    /// The framework takes offers of as little as this.
    record TakeLess(Resources available) implements Remedy {}

    /// Whoever the agent is kept for gets it, or does not take it in time.
    record Outlast() implements Remedy {}

    /// The filter ends, or the framework revives its role.
    record Wait(Instant until) implements Remedy {}

    /// What would undo the reason.
    ///
    /// @param needed the demand that the reason stands against
    static Remedy of(Veto veto, Role role, Resources needed) {
        return switch (veto) {
            case Veto.UnknownFramework _, Veto.FrameworkInactive _ -> new Connect();
            case Veto.RolesDiffer(var wanted) -> new Join(wanted);
            case Veto.Suppressed(var suppressed) -> new Revive(suppressed);
            case Veto.Sated _, Veto.Leaving _ -> new Answer();
            case Veto.AgentInactive _ -> new Activate();
            case Veto.GpuReserved _ -> new Declare(FrameworkCapability.GPU_RESOURCES);
            case Veto.RemoteRegion _ -> new Declare(FrameworkCapability.REGION_AWARE);
            case Veto.AgentLacks(var capability) -> new Upgrade(capability);
            case Veto.Constrained _ -> new Widen(role);
            case Veto.FrameworkLacks(var capability, _) -> new Declare(capability);
            case Veto.NotEnough(var name, var wanted, var available, var permanence) ->
                    new Lower(
                            name, wanted.without(available), permanence == Veto.Permanence.NOT_NOW);
            case Veto.QuotaLimit(var limiting, var name, var left, _) ->
                    new Raise(limiting, name, missing(needed, name, left));
            case Veto.Headroom(var name, var surplus) ->
                    new Spare(name, missing(needed, name, surplus));
            case Veto.BelowMinimum(var available) -> new TakeLess(available);
            case Veto.Kept _, Veto.Gathering _ -> new Outlast();
            case Veto.Filtered(var until) -> new Wait(until);
        };
    }

    private static Scalar missing(Resources needed, String name, Scalar had) {
        return new Scalar(Math.max(0, needed.scalar(name) - had.thousandths()));
    }
}
