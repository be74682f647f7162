package io.meseta.master.preemptions;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.doors.PageLimit;
import io.meseta.master.views.Viewers;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
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
        return PageLimit.answer(
                limit,
                count ->
                        desk.list(
                                LedAnswers.Target.of(request), viewers.of(request), count, after));
    }
}
