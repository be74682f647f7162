/// Agents and join tokens as resources, and the door at which an agent joins.
///
/// Only parses, asks a desk, and answers.
@NullMarked
package io.meseta.auth.agents.web;

import org.jspecify.annotations.NullMarked;
