/// Who may write: the lease, the epoch, and the reign of this master.
///
/// Start at [Leadership]. Nothing here decides about the cluster itself.
@NullMarked
package io.meseta.master.leadership;

import org.jspecify.annotations.NullMarked;
