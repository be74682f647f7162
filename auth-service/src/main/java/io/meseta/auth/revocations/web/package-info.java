/// Revocation as a resource.
///
/// Only parses, asks a desk, and answers.
@NullMarked
package io.meseta.auth.revocations.web;

import org.jspecify.annotations.NullMarked;
