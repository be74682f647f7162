/// PostgreSQL for tests: a real server, started when first asked for and gone with the JVM.
///
/// Start at [TestDatabase#fresh]. Tests that pull the plug use [KillableDatabase]. Where the server
/// runs, in a container or embedded, is [PostgresChoice]'s. No schema of any service lives here.
@NullMarked
package io.meseta.testkit.database;

import org.jspecify.annotations.NullMarked;
