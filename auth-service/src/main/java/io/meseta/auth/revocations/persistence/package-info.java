/// Revocations as rows.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.revocations.persistence;

import org.jspecify.annotations.NullMarked;
