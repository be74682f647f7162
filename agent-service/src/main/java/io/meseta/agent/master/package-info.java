/// The conversation with the leading master: hello, orders, acknowledgements, reports.
///
/// Start at [MasterLink]. Wire messages of the link are read and written here and in `reports`
/// only.
@NullMarked
package io.meseta.agent.master;

import org.jspecify.annotations.NullMarked;
