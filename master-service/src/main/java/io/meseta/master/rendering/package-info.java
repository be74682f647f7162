/// Answers that show the whole cluster: rendered by one thread of low priority, once for all who
/// wait for the same.
///
/// Start at [Renderer]. What a rendering says is not known here. Nothing here ever takes the
/// writer's time: a state is taken by reference, and what it costs to print it is paid here.
///
/// ```
/// callers ─► Renderer ─(queue, one thread)─► Rendering ─► Spool ─► any number of readers
/// ```
@NullMarked
package io.meseta.master.rendering;

import org.jspecify.annotations.NullMarked;
