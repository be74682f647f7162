package io.meseta.master.state;

import io.meseta.master.doors.Sight.Elsewhere;
import io.meseta.master.views.ClusterView;
import java.util.Optional;

/// What is printed.
///
/// @param elsewhere present if another master leads, or none
/// @param isPast whether it was so, and is not. Then nothing is said of what is not recorded
/// @param view what the caller may see of it
record Scene(Optional<Elsewhere> elsewhere, boolean isPast, ClusterView view) {}
