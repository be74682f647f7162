/// Translation between messages on the wire and the words of the core, both ways.
///
/// Start at [ResourceReading] and [ResourceWriting]. What is read here has been checked, in the
/// words that Mesos has for each fault; nothing here knows HTTP or the cluster's state.
@NullMarked
package io.meseta.master.wire;

import org.jspecify.annotations.NullMarked;
