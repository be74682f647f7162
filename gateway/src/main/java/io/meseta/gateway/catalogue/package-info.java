/// Who runs what: the master's stream of changes (decision 0012), kept as an immutable table of
/// services and their instances.
///
/// Start at [Catalogue]; [CatalogueFollower] keeps it. Nothing here decides who may call.
@NullMarked
package io.meseta.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
