/// The auth-service: who is who, who belongs to what, and what policies say.
///
/// Start at [io.meseta.auth.changes.Ledger], through which every change goes, and at
/// [io.meseta.auth.bundles.BundleContent], which is what all other services learn of it. Rules are
/// plain Java in the features' rooms; rows are in their `persistence` rooms, HTTP in their `web`
/// rooms.
@NullMarked
package io.meseta.auth;

import org.jspecify.annotations.NullMarked;
