/// Resources between the wire and the model, for whoever speaks of them: masters and agents.
///
/// Start at [ResourceReading] and [ResourceWriting]. Who may have what is decided elsewhere.
@NullMarked
package io.meseta.mesos.resources;

import org.jspecify.annotations.NullMarked;
