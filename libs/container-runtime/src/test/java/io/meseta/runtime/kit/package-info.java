/// The contract of every container runtime, and what it takes to test one.
///
/// Start at [ContainerContract]: a runtime's test extends it and says how to open the runtime. What
/// not every runtime can do is an [Ability], which the runtime's test names. [IsolationContract] is
/// for runtimes whose containers have files, limits and rights of their own.
package io.meseta.runtime.kit;
