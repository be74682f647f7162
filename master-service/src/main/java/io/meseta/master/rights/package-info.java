/// What callers may do to this cluster's things: Mesos' rules in terms of our policies.
///
/// Start at [Rights]. Which attributes a framework, task or agent has for a policy is said here and
/// nowhere else. How a refusal is worded is the matter of each API.
@NullMarked
package io.meseta.master.rights;

import org.jspecify.annotations.NullMarked;
