package io.meseta.master.records;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.doors.PageLimit;
import io.meseta.master.past.PastDoor;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.Viewers;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// The cluster's records, a page at a time.
@DecidedWithin("It shows what the caller may see.")
@Controller
@ResponseBody
@RequestMapping("/api/meseta/v1")
@Tag(name = "cluster", description = "What the cluster is like")
@ApiResponse(
        responseCode = "400",
        description = "The page asked for is none.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
@ApiResponse(
        responseCode = "410",
        description = "The state asked for is older than the journal goes back.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
@ApiResponse(
        responseCode = "422",
        description = "The state asked for has not come yet.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
@ApiResponse(
        responseCode = "503",
        description = "No master leads, or too many look at the past: try again.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
final class RecordsController {

    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @Parameter(
            description = "How many to show.",
            schema =
                    @Schema(
                            type = "integer",
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "100"))
    private @interface Limit {}

    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @Parameter(description = "The `next` of the page before.")
    private @interface After {}

    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @Parameter(
            description =
                    "As it was then: a time (RFC 3339), or `sequence:` and the number of an entry"
                            + " of the journal. Any master answers; nobody is connected in a past"
                            + " state.")
    private @interface At {}

    private final LedAnswers door;
    private final PastDoor past;
    private final Viewers viewers;

    RecordsController(LedAnswers door, PastDoor past, Viewers viewers) {
        this.door = door;
        this.past = past;
        this.viewers = viewers;
    }

    @Operation(
            operationId = "listAgents",
            summary = "List the agents",
            description = "In the order of their ids.")
    @ApiResponse(
            responseCode = "200",
            description = "One page of them.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Pages.AgentPage.class)))
    @GetMapping("/agents")
    ResponseEntity<Object> agents(
            @Parameter(hidden = true) HttpServletRequest request,
            @Limit @RequestParam(name = "limit", defaultValue = "100") String limit,
            @After @RequestParam(name = "after", defaultValue = "") String after,
            @At @RequestParam(name = "at", defaultValue = "") String at) {
        return page(request, at, limit, (view, count) -> Pages.agents(view, count, after));
    }

    @Operation(
            operationId = "listFrameworks",
            summary = "List the frameworks that are registered",
            description = "In the order of their ids.")
    @ApiResponse(
            responseCode = "200",
            description = "One page of them.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Pages.FrameworkPage.class)))
    @GetMapping("/frameworks")
    ResponseEntity<Object> frameworks(
            @Parameter(hidden = true) HttpServletRequest request,
            @Limit @RequestParam(name = "limit", defaultValue = "100") String limit,
            @After @RequestParam(name = "after", defaultValue = "") String after,
            @At @RequestParam(name = "at", defaultValue = "") String at) {
        return page(request, at, limit, (view, count) -> Pages.frameworks(view, count, after));
    }

    @Operation(
            operationId = "listRoles",
            summary = "List the roles",
            description =
                    "In the order of their names: those that somebody is in or has something in,"
                            + " and those that something was said of.")
    @ApiResponse(
            responseCode = "200",
            description = "One page of them.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Pages.RolePage.class)))
    @GetMapping("/roles")
    ResponseEntity<Object> roles(
            @Parameter(hidden = true) HttpServletRequest request,
            @Limit @RequestParam(name = "limit", defaultValue = "100") String limit,
            @After @RequestParam(name = "after", defaultValue = "") String after,
            @At @RequestParam(name = "at", defaultValue = "") String at) {
        return page(request, at, limit, (view, count) -> Pages.roles(view, count, after));
    }

    @Operation(
            operationId = "listTasks",
            summary = "List the tasks",
            description =
                    "In the order of their frameworks' ids and their own; also those that have"
                            + " ended, as far as they are remembered.")
    @ApiResponse(
            responseCode = "200",
            description = "One page of them.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = Pages.TaskPage.class)))
    @GetMapping("/tasks")
    ResponseEntity<Object> tasks(
            @Parameter(hidden = true) HttpServletRequest request,
            @Limit @RequestParam(name = "limit", defaultValue = "100") String limit,
            @After @RequestParam(name = "after", defaultValue = "") String after,
            @At @RequestParam(name = "at", defaultValue = "") String at) {
        return page(request, at, limit, (view, count) -> Pages.tasks(view, count, after));
    }

    private interface Paging {
        Object page(ClusterView view, int limit);
    }

    private ResponseEntity<Object> page(
            HttpServletRequest request, String at, String limit, Paging paging) {
        return PageLimit.answer(limit, count -> page(request, at, count, paging));
    }

    private ResponseEntity<Object> page(
            HttpServletRequest request, String at, int count, Paging paging) {
        if (!at.isEmpty())
            return past.answer(
                    at,
                    cluster -> paging.page(new ClusterView(cluster, viewers.of(request)), count));
        return door.answer(
                LedAnswers.Target.of(request),
                leading -> {
                    var cluster = leading.writer().view().cluster();
                    var view = new ClusterView(cluster, viewers.of(request));
                    return ResponseEntity.ok(paging.page(view, count));
                });
    }
}
