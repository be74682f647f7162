/// The cluster's agents, frameworks and tasks as our own API shows them (decision 0012).
///
/// Start at [RecordWriting]. The same records go down the stream of changes and are shown a page at
/// a time by [Pages].
@NullMarked
package io.meseta.master.records;

import org.jspecify.annotations.NullMarked;
