/// Containers of one machine: started from a plan, watched, found again, destroyed.
///
/// Start at [ContainerRuntime], the one interface that every runtime has, and at
/// `plan.ContainerPlan`, which says what is to run. The rooms, each leaning on those above it:
/// `plan` (what is wanted), `state` (what is), `json`, `cgroup` (limits and figures as files),
/// `host` (programs, their versions and known flaws), `oci` (the runtime that drives `runc` or
/// `crun` under `conmon`), `doctor` (what this machine can do). No agent, no Spring and no wire
/// message comes in here, and no image: a root is directories. All trouble is a
/// `state.RuntimeFault`.
@NullMarked
package io.meseta.runtime;

import org.jspecify.annotations.NullMarked;
