/// Getting a task's files into its sandbox: by copy, over HTTP, out of archives.
///
/// Start at [Fetcher]. Names and archives come from strangers: nothing is ever written outside the
/// sandbox, and everything has a limit.
@NullMarked
package io.meseta.agent.fetch;

import org.jspecify.annotations.NullMarked;
