/// How anything is changed: by whom, in one transaction, written down as it is done.
///
/// Start at [Ledger]. Nothing here knows what is changed.
@NullMarked
package io.meseta.auth.changes;

import org.jspecify.annotations.NullMarked;
