/// The contract of every container runtime, and what it takes to test one.
///
/// Start at [ContainerContract]: a runtime's test extends it and says how to open the runtime.
/// [IsolationContract] is for runtimes whose containers have files, limits and rights of their own.
package io.meseta.runtime.kit;
