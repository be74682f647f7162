/// Answers that were given to requests with a key, as rows.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.web.persistence;

import org.jspecify.annotations.NullMarked;
