/// What the cluster is like, for those who look: the older endpoints of Mesos, by which dashboards
/// and command lines live.
///
/// Start at [StateController]. Everything is printed from one immutable state, straight to the
/// caller, and takes nothing of the writer's time.
@NullMarked
package io.meseta.master.state;

import org.jspecify.annotations.NullMarked;
