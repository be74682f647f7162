package io.meseta.master.sharing;

import io.meseta.allocator.rule.Sharing;
import io.meseta.model.Priority;
import io.meseta.model.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a role shares, as our REST shows it.
///
/// @param role the role of which it was said
/// @param lends whether others may have what the role is guaranteed while nobody asks for it
/// @param priority of its tasks and of its demands, from -1000 to 1000
/// @param preempts whether tasks of others may have to end for it
/// @param optimistic whether what it is offered is offered to others beside it, and the other way
@Schema(name = "Sharing")
record SharingRecord(
        String role, boolean lends, int priority, boolean preempts, boolean optimistic) {

    /// @param next what to ask for as `after` to get the next page; empty on the last one
    @Schema(name = "Sharings")
    record Page(List<SharingRecord> roles, String next) {}

    /// What a request says.
    ///
    /// @param priority 0 if it does not say
    /// @param preempts false if it does not say
    /// @param optimistic false if it does not say
    @Schema(name = "SharingWish")
    record Wish(
            boolean lends,
            @Nullable Integer priority,
            @Nullable Boolean preempts,
            @Nullable Boolean optimistic) {

        /// @throws IllegalArgumentException if there is no such priority
        Sharing toSharing() {
            return new Sharing(
                    lends,
                    priority == null ? Priority.NORMAL : new Priority(priority),
                    preempts != null && preempts,
                    optimistic != null && optimistic);
        }
    }

    static SharingRecord of(Role role, Sharing sharing) {
        return new SharingRecord(
                role.name(),
                sharing.lends(),
                sharing.priority().value(),
                sharing.preempts(),
                sharing.isOptimistic());
    }
}
