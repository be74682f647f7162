package io.meseta.master.explain;

import io.meseta.allocator.Remedy;
import io.meseta.allocator.Veto;
import io.meseta.master.views.Visibility;
import io.meseta.model.Resources;
import io.meseta.model.Role;

/// Puts reasons into words, for one caller: of roles whose quota it may not see, not their names.
final class Wording {

    private static final String SOME_ROLE = "a role that you may not see";

    private final Visibility visibility;
    private final Role role;
    private final Resources needed;

    Wording(Visibility visibility, Role role, Resources needed) {
        this.visibility = visibility;
        this.role = role;
        this.needed = needed;
    }

    ExplanationRecord.Reason reason(Veto veto) {
        return new ExplanationRecord.Reason(
                clause(veto),
                detail(veto),
                change(veto),
                veto.permanence() == Veto.Permanence.NEVER);
    }

    /// The kind of a reason: `not-enough-cpus`, `quota-limit`.
    static String clause(Veto veto) {
        return switch (veto) {
            case Veto.UnknownFramework _ -> "unknown-framework";
            case Veto.FrameworkInactive _ -> "framework-inactive";
            case Veto.RolesDiffer _ -> "roles-differ";
            case Veto.Suppressed _ -> "suppressed";
            case Veto.Sated _ -> "too-many-offers";
            case Veto.AgentInactive _ -> "agent-inactive";
            case Veto.GpuReserved _ -> "gpu-reserved";
            case Veto.RemoteRegion _ -> "remote-region";
            case Veto.AgentLacks _ -> "agent-lacks-capability";
            case Veto.Constrained _ -> "constrained";
            case Veto.FrameworkLacks _ -> "framework-lacks-capability";
            case Veto.NotEnough(var name, _, _, _) -> "not-enough-" + name;
            case Veto.QuotaLimit _ -> "quota-limit";
            case Veto.Headroom _ -> "kept-for-guarantees";
            case Veto.BelowMinimum _ -> "below-minimum";
            case Veto.Kept _ -> "kept";
            case Veto.Gathering _ -> "gathering";
            case Veto.Leaving _ -> "maintenance-near";
            case Veto.Filtered _ -> "filtered";
        };
    }

    private String detail(Veto veto) {
        return switch (veto) {
            case Veto.UnknownFramework(var framework) ->
                    "Framework %s is not known.".formatted(framework);
            case Veto.FrameworkInactive _ -> "The framework is not connected.";
            case Veto.RolesDiffer(var wanted) ->
                    "The framework is not in role %s.".formatted(wanted);
            case Veto.Suppressed(var suppressed) ->
                    "The framework has suppressed role %s.".formatted(suppressed);
            case Veto.Sated(var most) ->
                    "The framework has not answered offers of %.0f %% of the cluster."
                            .formatted(most * 100);
            case Veto.AgentInactive _ ->
                    "The agent is away, or is not offered since an operator wants so.";
            case Veto.GpuReserved _ -> "The agent's GPUs are kept for frameworks that use them.";
            case Veto.RemoteRegion _ -> "The agent is in another region.";
            case Veto.AgentLacks(var capability) ->
                    "The agent is too old: it can't do %s.".formatted(capability);
            case Veto.Constrained(var wanted) ->
                    "The framework wants no agent like this one in role %s.".formatted(wanted);
            case Veto.FrameworkLacks(var capability, var hidden) ->
                    "%s is there, for frameworks that can do %s.".formatted(hidden, capability);
            case Veto.NotEnough(var name, var wanted, var available, _) ->
                    "%s of %s is needed, %s can be had.".formatted(wanted, name, available);
            case Veto.QuotaLimit(var limiting, var name, var left, _) ->
                    visibility.showsQuota(limiting)
                            ? "The limit of role %s leaves %s of %s."
                                    .formatted(limiting, left, name)
                            : "The limit of %s does not leave enough %s."
                                    .formatted(SOME_ROLE, name);
            case Veto.Headroom(var name, var surplus) ->
                    "Of what is free of %s, %s is not kept for what roles are guaranteed."
                            .formatted(name, surplus);
            case Veto.BelowMinimum(var available) ->
                    available.isEmpty()
                            ? "Nothing is free for the framework."
                            : "%s is too little for an offer.".formatted(available);
            case Veto.Kept _ ->
                    "The agent is kept for a while for whoever others make room for there.";
            case Veto.Gathering(var gathered) ->
                    "The framework gathers a gang in role %s, and is offered nothing else."
                            .formatted(gathered);
            case Veto.Leaving _ ->
                    "The agent is under maintenance or will be soon, and the framework has not"
                            + " answered offers of others.";
            case Veto.Filtered(var until) ->
                    "The framework has refused what is free until %s.".formatted(until);
        };
    }

    String change(Veto veto) {
        return switch (Remedy.of(veto, role, needed)) {
            case Remedy.Connect _ -> "connect the framework";
            case Remedy.Join(var wanted) -> "join role %s".formatted(wanted);
            case Remedy.Revive(var suppressed) -> "revive role %s".formatted(suppressed);
            case Remedy.Answer _ -> "answer offers";
            case Remedy.Activate _ -> "bring the agent back, or reactivate it";
            case Remedy.Declare(var capability) ->
                    "declare the capability %s".formatted(capability);
            case Remedy.Upgrade(var capability) ->
                    "upgrade the agent to one that can do %s".formatted(capability);
            case Remedy.Widen(var wanted) ->
                    "widen the offer constraints of role %s".formatted(wanted);
            case Remedy.Lower(var name, var lacking, var canBeFreed) ->
                    "need %s less of %s%s"
                            .formatted(lacking, name, canBeFreed ? ", or free it there" : "");
            case Remedy.Raise(var limiting, var name, var by) ->
                    visibility.showsQuota(limiting)
                            ? "raise the limit of role %s by %s of %s".formatted(limiting, by, name)
                            : "have the limit of %s raised".formatted(SOME_ROLE);
            case Remedy.Spare(var name, var by) ->
                    "free %s of %s anywhere, or guarantee less".formatted(by, name);
            case Remedy.TakeLess(var available) ->
                    available.isEmpty()
                            ? "free something there"
                            : "be content with offers of %s".formatted(available);
            case Remedy.Outlast _ -> "wait until that is over";
            case Remedy.Wait(var until) -> "wait until %s, or revive the role".formatted(until);
        };
    }
}
