package io.meseta.master.preemptions;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.views.Viewers;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// Which tasks have had to end, and for whom.
@DecidedWithin("It shows what the caller may see.")
@Controller
@ResponseBody
@RequestMapping(PreemptionsDesk.ROUTE)
@Tag(name = "sharing", description = "How roles share what they have")
final class PreemptionsController {

    private static final int PAGE_MAX = 1_000;

    private final PreemptionsDesk desk;
    private final Viewers viewers;

    PreemptionsController(PreemptionsDesk desk, Viewers viewers) {
        this.desk = desk;
        this.viewers = viewers;
    }

    @Operation(
            operationId = "listPreemptions",
            summary = "List the tasks that the cluster has had end for others",
            description =
                    "The newest first, as far as they are kept in memory: those that have ended"
                            + " are in the history as well.")
    @ApiResponse(
            responseCode = "200",
            description = "One page of those that the caller may see.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = PreemptionRecord.Page.class)))
    @ApiResponse(
            responseCode = "400",
            description = "The page asked for is none.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "Problem")))
    @ApiResponse(
            responseCode = "503",
            description = "No master leads at the moment, or too many ask: try again.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "Problem")))
    @GetMapping
    ResponseEntity<Object> list(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(description = "How many to show, 1 to 1000.")
                    @RequestParam(name = "limit", defaultValue = "100")
                    String limit,
            @Parameter(description = "The `next` of the page before.")
                    @RequestParam(name = "after", defaultValue = "")
                    String after) {
        int count = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
        if (count >= 1 && count <= PAGE_MAX) {
            var query = Optional.ofNullable(request.getQueryString()).orElse("");
            var target = new LedAnswers.Target(PreemptionsDesk.ROUTE, query);
            return desk.list(target, viewers.of(request), count, after);
        }
        var problem =
                new Problem(ProblemType.MALFORMED, "'limit' must be 1 to " + PAGE_MAX + ".")
                        .answer();
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .body(problem.getBody());
    }
}
