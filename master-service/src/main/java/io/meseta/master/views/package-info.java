/// Who may see what of the cluster.
///
/// Start at [ClusterView]: everything that shows the cluster shows one of these. Who asks is found
/// by [Viewers], the one place where authentication has its say about reading.
@NullMarked
package io.meseta.master.views;

import org.jspecify.annotations.NullMarked;
