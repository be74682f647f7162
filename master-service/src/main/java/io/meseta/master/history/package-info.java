/// What has ended, for much longer than the cluster's state remembers it: a projection of the
/// journal in tables of its own, and the pages that show it together with what lives.
///
/// Start at [Projection], which fills the tables behind the journal, and at [HistoryDesk], which
/// answers from them. Nothing here is needed to lead: all of it can be made again from the journal.
@NullMarked
package io.meseta.master.history;

import org.jspecify.annotations.NullMarked;
