/// What a master tells of itself rather than of the cluster: its log, how much it logs, its
/// machine. It answers whoever leads.
///
/// Start at [OwnCalls] for the operator API, at [FilesController] for the older endpoints. Nothing
/// of this machine's files is opened but the master's own log.
@NullMarked
package io.meseta.master.self;

import org.jspecify.annotations.NullMarked;
