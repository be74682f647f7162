/// The journal's language: recorded events and whole states as versioned bytes.
///
/// Start at [EntryCodec] and [SnapshotCodec]. What a row looks like is told in
/// `src/main/protobuf/meseta/journal/v1`; one class of each room says how its values become rows
/// and come back. Nothing here reads or writes anything, and nothing of the domain is serialized as
/// it is.
@NullMarked
package io.meseta.master.journal.codec;

import org.jspecify.annotations.NullMarked;
