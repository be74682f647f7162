/// The door itself: stands before the servlet container, knows each caller, and sends each request
/// on its way or away.
///
/// Start at [Door]. How a road goes on is not known here.
@NullMarked
package io.meseta.gateway.door;

import org.jspecify.annotations.NullMarked;
