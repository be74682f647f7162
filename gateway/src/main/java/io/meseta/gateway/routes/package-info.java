/// Which path leads where: the whole map in one file.
///
/// Start at [RouteMap]. Nothing here knows who calls or who is up.
@NullMarked
package io.meseta.gateway.routes;

import org.jspecify.annotations.NullMarked;
