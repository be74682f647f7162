/// The scheduler API: how frameworks subscribe, and what they may ask for.
///
/// Start at [SchedulerController]. A call is read and checked here as far as that needs no state,
/// then put to the writer as a command; what comes of it goes down the framework's stream, which is
/// the business of `links`.
@NullMarked
package io.meseta.master.frameworks;

import org.jspecify.annotations.NullMarked;
