/// Sessions and the hashes of their refresh tokens as rows.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.sessions.persistence;

import org.jspecify.annotations.NullMarked;
