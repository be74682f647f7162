/// Frameworks: who receives offers, how they come, go and come back.
///
/// Start at [Framework]. A framework's wire message is carried unread; only what decisions need is
/// spelled out. Knows nothing of offers or tasks.
@NullMarked
package io.meseta.master.core.framework;

import org.jspecify.annotations.NullMarked;
