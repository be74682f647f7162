/// Who may pass: each route says in one place what it takes, and what says nothing is refused.
///
/// Start at the annotations [Public], [Authenticated], [Allowed] and [DecidedWithin]; [Access]
/// decides for those that decide within. Who the caller is, `identity` says; by which policies,
/// `bundles`.
@NullMarked
package io.meseta.platform.access;

import org.jspecify.annotations.NullMarked;
