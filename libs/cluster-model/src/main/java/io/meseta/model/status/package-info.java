/// Why a task is in a state, and who says so.
@NullMarked
package io.meseta.model.status;

import org.jspecify.annotations.NullMarked;
