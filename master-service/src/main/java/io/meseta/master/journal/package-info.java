/// The journal in PostgreSQL: entries, snapshots, and the fence around them.
///
/// Start at [DatabaseJournal]; [Snapshots] says when a state is saved whole. The tables are in
/// `db/migration`. Nothing here decides who leads, and nothing keeps a state.
@NullMarked
package io.meseta.master.journal;

import org.jspecify.annotations.NullMarked;
