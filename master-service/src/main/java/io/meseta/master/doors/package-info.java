/// The manners that all endpoints of the Mesos API share: how a body is read, which answer a caller
/// takes, who may answer at all, and how a refusal looks.
///
/// Start at [Exchange] and [CallReader]. No endpoint and no word of the cluster lives here.
@NullMarked
package io.meseta.master.doors;

import org.jspecify.annotations.NullMarked;
