/// Agents and join tokens as rows.
///
/// Nobody outside meets a row.
@NullMarked
package io.meseta.auth.agents.persistence;

import org.jspecify.annotations.NullMarked;
