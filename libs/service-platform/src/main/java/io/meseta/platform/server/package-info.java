/// Jetty as our clients need it: their ways of writing a path, our limits, plain error pages.
///
/// Start at [ServerConfiguration]. No route lives here.
@NullMarked
package io.meseta.platform.server;

import org.jspecify.annotations.NullMarked;
