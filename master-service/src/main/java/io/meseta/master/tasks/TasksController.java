package io.meseta.master.tasks;

import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.identity.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// Tasks, seen and killed from outside of their framework.
@DecidedWithin("It depends on the task.")
@Controller
@ResponseBody
@RequestMapping("/api/meseta/v1/tasks")
@Tag(name = "tasks", description = "What runs on the cluster")
final class TasksController {

    private static final String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    private final TasksDesk desk;

    TasksController(TasksDesk desk) {
        this.desk = desk;
    }

    @Operation(
            operationId = "killTask",
            summary = "Have a task killed",
            description =
                    "Its framework hears of the end like of any other. A task that has ended is"
                            + " left as it is.")
    @ApiResponse(responseCode = "202", description = "It is to be killed, and that is durable.")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such task.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    @ApiResponse(
            responseCode = "503",
            description = "No master leads at the moment, or it is too busy: try again.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    @PostMapping("/{framework}/{task}:kill")
    ResponseEntity<ProblemDetail> kill(
            @Parameter(hidden = true) Caller caller,
            @PathVariable("framework") String framework,
            @PathVariable("task") String task) {
        return desk.kill(caller, framework, task);
    }
}
