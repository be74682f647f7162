/// The ledger in the database: one row that lets changes pass one at a time, and the audit.
///
/// Start at [DatabaseLedger].
@NullMarked
package io.meseta.auth.changes.persistence;

import org.jspecify.annotations.NullMarked;
