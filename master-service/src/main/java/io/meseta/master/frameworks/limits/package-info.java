/// How many calls principals may make.
///
/// Start at [CallLimits]. Nothing of the calls but who makes them is known here.
@NullMarked
package io.meseta.master.frameworks.limits;

import org.jspecify.annotations.NullMarked;
