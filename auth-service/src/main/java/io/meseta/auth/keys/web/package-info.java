/// Keys as a resource: what is trusted, and rotation.
///
/// Private halves are never shown.
@NullMarked
package io.meseta.auth.keys.web;

import org.jspecify.annotations.NullMarked;
