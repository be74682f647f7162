/// The audit as a resource: who changed what, when, from where.
///
/// Nothing here can change a line of it.
@NullMarked
package io.meseta.auth.audit;

import org.jspecify.annotations.NullMarked;
