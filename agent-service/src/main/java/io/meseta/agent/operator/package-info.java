/// What operators, tools and clusters' user interfaces read from an agent over HTTP.
///
/// Start at [CallController] for the API of calls, [LegacyController] for the older routes and
/// [FilesController] for sandboxes. Nothing here changes what runs.
@NullMarked
package io.meseta.agent.operator;

import org.jspecify.annotations.NullMarked;
