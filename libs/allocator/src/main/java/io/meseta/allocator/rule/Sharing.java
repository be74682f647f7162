package io.meseta.allocator.rule;

import io.meseta.model.Priority;

/// How a role shares with others, by its operator's choice. It holds for the roles below as well,
/// as far as those have none of their own.
///
/// @param lends while no framework asks for anything in the role, others may have what it is
///   guaranteed; when one asks, offers to others are taken back for it
/// @param priority of the role's tasks, and of what its frameworks have said they need
/// @param preempts whether tasks of others may have to end for it: those of a lower priority for
///   what it has said it needs, and those that have what it is guaranteed
/// @param isOptimistic whether what its frameworks are offered is offered to others beside them,
///   where their roles are optimistic as well: whoever accepts first has it
public record Sharing(boolean lends, Priority priority, boolean preempts, boolean isOptimistic) {

    /// Of a role of which nobody has said anything: it keeps what it has.
    public static final Sharing NONE = new Sharing(false);

    /// Of a role like most others, whose offers are for one framework at a time.
    public Sharing(boolean lends, Priority priority, boolean preempts) {
        this(lends, priority, preempts, false);
    }

    /// Of a role like most others, for which no task has to end.
    public Sharing(boolean lends) {
        this(lends, Priority.NORMAL, false);
    }
}
