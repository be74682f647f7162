/// The console's files, as the `console` module brings them.
///
/// Start at [ConsoleConfiguration]. They are for everybody: what they show, they ask for.
@NullMarked
package io.meseta.gateway.console;

import org.jspecify.annotations.NullMarked;
