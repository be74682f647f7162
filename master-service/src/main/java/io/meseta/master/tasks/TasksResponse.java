package io.meseta.master.tasks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// One page of the tasks that have not ended, or whose end has not been acknowledged.
///
/// @param next what to ask for as `after` to get the next page; empty on the last one
@Schema(name = "Tasks")
record TasksResponse(List<TaskResponse> tasks, String next) {}
