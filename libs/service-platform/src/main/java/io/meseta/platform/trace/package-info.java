/// Request ids: taken from the caller or made, in every log line and in every answer.
///
/// Start at [RequestIds]. Nothing here decides anything.
@NullMarked
package io.meseta.platform.trace;

import org.jspecify.annotations.NullMarked;
