/// What is to run, in full: values only, checked when they are made.
///
/// Start at [ContainerPlan]. Nothing here touches the machine; an invalid value throws
/// `IllegalArgumentException` with what is wrong.
@NullMarked
package io.meseta.runtime.plan;

import org.jspecify.annotations.NullMarked;
