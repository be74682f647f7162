/// Keys as rows, their private halves sealed.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.keys.persistence;

import org.jspecify.annotations.NullMarked;
