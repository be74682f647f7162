/// What all resources share over HTTP: versions, pages, keys against doing things twice, refusals.
///
/// Start at [Replies].
@NullMarked
package io.meseta.auth.web;

import org.jspecify.annotations.NullMarked;
