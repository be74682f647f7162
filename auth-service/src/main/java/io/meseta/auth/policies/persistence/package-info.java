/// Policies with their history as rows.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.policies.persistence;

import org.jspecify.annotations.NullMarked;
