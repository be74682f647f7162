/// The one writer of the cluster: it decides, makes durable, shows, answers, and lets act.
///
/// Start at [ClusterWriter], then [Committer], which is the same without a thread and is what the
/// simulator drives. The one package of this module that may hold a thread; it knows no database
/// and no wire.
///
/// ```
/// callers ─► Inbox ─► ClusterWriter ─► Committer ─► Journal      durable
///    ▲                     │               └─────► current()     visible
///    └──── Decision ───────┤                                     answered
///                          └────► Effects ─► EffectRunner        acted upon
/// ```
@NullMarked
package io.meseta.master.engine;

import org.jspecify.annotations.NullMarked;
