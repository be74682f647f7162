/// Containers: what tasks ask for as a plan for the container runtime, their images as root file
/// systems, and their lives as the agent's runs.
///
/// Start at [ContainerWork], which goes from the wire to a plan, and at [Containers], which carries
/// plans out and finds containers again. What a task may ask for at all is in [ContainerDemands];
/// what this machine allows, in [ContainerBounds].
@NullMarked
package io.meseta.agent.containers;

import org.jspecify.annotations.NullMarked;
