/// Preemption: which tasks end so that somebody else can have what they use.
///
/// Start at [Preempting]. Nobody has to end for a role whose operator has not said so. Decides only
/// who; what follows for tasks and offers is theirs.
@NullMarked
package io.meseta.master.core.preemption;

import org.jspecify.annotations.NullMarked;
