/// Which assertions have been used, as rows.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.tokens.persistence;

import org.jspecify.annotations.NullMarked;
