/// Policies as resources for administrators.
///
/// Only parses, asks a desk, and answers.
@NullMarked
package io.meseta.auth.policies.web;

import org.jspecify.annotations.NullMarked;
