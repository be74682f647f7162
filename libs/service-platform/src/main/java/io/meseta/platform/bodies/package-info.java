/// Request bodies with limits: how many bytes, how long they may take, how far they may inflate.
///
/// Start at [BodyReader], which the Mesos routes use; the filter here stands before every route.
/// What a body says is not known here.
@NullMarked
package io.meseta.platform.bodies;

import org.jspecify.annotations.NullMarked;
