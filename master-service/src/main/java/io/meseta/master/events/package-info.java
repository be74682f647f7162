/// The cluster as a stream: a snapshot, and then what changes, to any number of readers.
///
/// Start at [Broadcast]. It has one thread of its own, to which the writer leaves its batches; what
/// is said, and in which words, is a [Dialect]'s. Our own stream is here, Mesos' is the operators'.
/// A reader may be slow, and there may be many: neither costs the writer anything.
///
/// ```
/// writer ─► Witness ─(queue)─► Broadcast ─► Tape (what was said last) ─► StreamOutbox ─► readers
///                                  └──────► Renderer (snapshots) ──────────────┘
/// ```
@NullMarked
package io.meseta.master.events;

import org.jspecify.annotations.NullMarked;
