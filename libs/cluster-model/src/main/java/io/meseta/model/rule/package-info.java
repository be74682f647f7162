/// Small rules that several values share: what a text may hold, how absent values are put in order.
///
/// No value lives here, and nobody outside the model needs it.
@NullMarked
package io.meseta.model.rule;

import org.jspecify.annotations.NullMarked;
