/// Accounts and groups as rows.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.accounts.persistence;

import org.jspecify.annotations.NullMarked;
