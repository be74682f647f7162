/// The secrets of a cluster on one machine: made once, kept in files that only we may read.
///
/// Start at [SecretFiles]; the auth-service makes them. Who is started with which of them is said
/// in `Services`, one room up; nothing here is ever printed.
@NullMarked
package io.meseta.launcher.secrets;

import org.jspecify.annotations.NullMarked;
