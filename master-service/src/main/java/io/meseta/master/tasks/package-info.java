/// Our own REST for tasks: for those who are not the framework that runs them.
///
/// Start at [TasksController]. Refusals are problem details; what is offered here is written down
/// in the OpenAPI document that the service shows.
@NullMarked
package io.meseta.master.tasks;

import org.jspecify.annotations.NullMarked;
