/// Conversations with frameworks and agents: which streams are open, what goes down each of them,
/// and who has fallen silent.
///
/// Start at [Delivery], which acts upon what has been committed, and at [Links], which knows every
/// stream. Nothing here decides; a stream that ends becomes a command like any other. Nothing here
/// waits for a peer, either: what a peer does not take in time ends its stream.
///
/// ```
/// writer ─► Delivery ─(queue, one thread)─► Links ─► Outgoing ─► StreamOutbox ─► peer
///    ▲                                        │
///    └───────────── Losses ◄──────────────────┴──── closed, silent, not found
/// ```
@NullMarked
package io.meseta.master.links;

import org.jspecify.annotations.NullMarked;
