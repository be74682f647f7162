/// Signing in, staying signed in, signing out.
///
/// Only parses, asks a desk, and answers.
@NullMarked
package io.meseta.auth.sessions.web;

import org.jspecify.annotations.NullMarked;
