/// Control groups as files: where the machine has them, what is in one, what it has used, its end.
///
/// Start at [Hierarchies#read], then [ContainerCgroup]. Limits are set by the runtime when it makes
/// a group, not here. Version 2, version 1, and both at once are told apart by what is mounted.
@NullMarked
package io.meseta.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
