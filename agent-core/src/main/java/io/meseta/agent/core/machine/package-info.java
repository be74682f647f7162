/// Where all rooms meet: everything that one agent believes, and the only rules by which it
/// changes.
///
/// Start at [Machine#decide], then [Machine#after] and [Effects#of]. A shell that records an event
/// before it acts on it can be killed between any two lines and loses nothing.
@NullMarked
package io.meseta.agent.core.machine;

import org.jspecify.annotations.NullMarked;
