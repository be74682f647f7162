package io.meseta.master.sharing;

import io.meseta.allocator.rule.Sharing;
import io.meseta.model.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// How a role shares, as our REST shows it.
///
/// @param role the role of which it was said
/// @param lends whether others may have what the role is guaranteed while nobody asks for it
@Schema(name = "Sharing")
record SharingRecord(String role, boolean lends) {

    /// @param next what to ask for as `after` to get the next page; empty on the last one
    @Schema(name = "Sharings")
    record Page(List<SharingRecord> roles, String next) {}

    /// What a request says.
    @Schema(name = "SharingWish")
    record Wish(boolean lends) {

        Sharing toSharing() {
            return new Sharing(lends);
        }
    }

    static SharingRecord of(Role role, Sharing sharing) {
        return new SharingRecord(role.name(), sharing.lends());
    }
}
