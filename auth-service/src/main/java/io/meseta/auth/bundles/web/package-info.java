/// The held request by which services get bundles.
///
/// No thread waits with a caller.
@NullMarked
package io.meseta.auth.bundles.web;

import org.jspecify.annotations.NullMarked;
