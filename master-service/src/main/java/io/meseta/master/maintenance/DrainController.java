package io.meseta.master.maintenance;

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

/// What Mesos can't do to a drain: call it off.
@DecidedWithin("It depends on the agent.")
@Controller
@ResponseBody
@RequestMapping("/api/meseta/v1/agents")
@Tag(name = "agents", description = "The machines of the cluster")
final class DrainController {

    private static final String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    private final DrainDesk desk;

    DrainController(DrainDesk desk) {
        this.desk = desk;
    }

    @Operation(
            operationId = "cancelDrain",
            summary = "Call off the draining of an agent",
            description =
                    "The agent is offered again. Tasks that have been told to end still end: a"
                            + " signal can't be taken back.")
    @ApiResponse(responseCode = "202", description = "It is called off, and that is durable.")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such agent.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    @ApiResponse(
            responseCode = "409",
            description = "The agent is not being drained, or has been drained by now.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    @ApiResponse(
            responseCode = "503",
            description = "No master leads at the moment, or it is too busy: try again.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    @PostMapping("/{agent}:cancel-drain")
    ResponseEntity<ProblemDetail> cancel(
            @Parameter(hidden = true) Caller caller, @PathVariable("agent") String agent) {
        return desk.cancel(caller, agent);
    }
}
