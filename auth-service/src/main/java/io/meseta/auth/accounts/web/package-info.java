/// Accounts and groups as resources for administrators.
///
/// Only parses, asks a desk, and answers.
@NullMarked
package io.meseta.auth.accounts.web;

import org.jspecify.annotations.NullMarked;
