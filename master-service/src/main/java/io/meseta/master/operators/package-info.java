/// The operator API: what operators may see of the cluster and do to it.
///
/// Start at [OperatorController]. It shows what `state` shows, in the messages of the v1 API.
@NullMarked
package io.meseta.master.operators;

import org.jspecify.annotations.NullMarked;
