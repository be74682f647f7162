/// Users, service accounts and groups, and the rules by which they change.
///
/// Start at [AccountsDesk]. Nothing here knows HTTP or rows.
@NullMarked
package io.meseta.auth.accounts;

import org.jspecify.annotations.NullMarked;
