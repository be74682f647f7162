/// What quota lets roles have, and what it keeps free for them.
///
/// Start at [Allowances]; [Meter] says what has been had. Knows agents only as [Metered].
@NullMarked
package io.meseta.allocator.quota;

import org.jspecify.annotations.NullMarked;
