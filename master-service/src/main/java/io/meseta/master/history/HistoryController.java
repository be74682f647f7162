package io.meseta.master.history;

import io.meseta.authorization.Action;
import io.meseta.master.doors.LedAnswers;
import io.meseta.master.engine.ClusterWriter.View;
import io.meseta.master.views.Viewers;
import io.meseta.master.views.Visibility;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// What is and what was, a page at a time.
@DecidedWithin("It shows what the caller may see.")
@Controller
@ResponseBody
@RequestMapping("/api/meseta/v1/history")
@Tag(name = "history", description = "What is and what was")
@ApiResponse(
        responseCode = "400",
        description = "What was asked is not clear.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
@ApiResponse(
        responseCode = "503",
        description = "No master leads at the moment, or the history is not there yet: try again.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
final class HistoryController {

    private static final String SEQUENCE = "Meseta-Sequence";
    private static final String ORDER = "`newest` begun first, or `oldest`.";
    private static final String SPAN = "What was over before that is left out; RFC 3339.";
    private static final String UNTIL = "What began then or later is left out; RFC 3339.";
    private static final String LIMIT = "How many to show, 1 to 1000; 100 if nothing is said.";
    private static final String AFTER = "The `next` of the page before.";

    private final LedAnswers door;
    private final Viewers viewers;
    private final HistoryDesk desk;
    private final Projection projection;

    /// @param next what to ask for as `after` to get the next page; empty on the last one
    @Schema(name = "HistoryTasks")
    record TaskPage(List<HistoryTask> tasks, String next) {}

    /// @param next as of tasks
    @Schema(name = "HistoryFrameworks")
    record FrameworkPage(List<HistoryFramework> frameworks, String next) {}

    private interface Answer {
        Optional<Object> of(View view, Visibility visibility)
                throws HistoryDesk.Busy, InterruptedException;
    }

    HistoryController(LedAnswers door, Viewers viewers, HistoryDesk desk, Projection projection) {
        this.door = door;
        this.viewers = viewers;
        this.desk = desk;
        this.projection = projection;
    }

    @Operation(
            operationId = "listHistoryTasks",
            summary = "List tasks that run and tasks that have ended",
            description =
                    "In the order in which they were launched, with all their statuses, as of one"
                            + " entry of the journal. A page may be short, or empty, and yet not"
                            + " the last: `next` tells.")
    @Parameter(name = "framework", in = ParameterIn.QUERY, description = "Only of this framework.")
    @Parameter(name = "role", in = ParameterIn.QUERY, description = "Only in this role.")
    @Parameter(name = "agent", in = ParameterIn.QUERY, description = "Only on this agent.")
    @Parameter(name = "state", in = ParameterIn.QUERY, description = "Only in this state.")
    @Parameter(name = "name", in = ParameterIn.QUERY, description = "Only of this name.")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = SPAN)
    @Parameter(name = "until", in = ParameterIn.QUERY, description = UNTIL)
    @Parameter(name = "order", in = ParameterIn.QUERY, description = ORDER)
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = LIMIT)
    @Parameter(name = "after", in = ParameterIn.QUERY, description = AFTER)
    @ApiResponse(
            responseCode = "200",
            description = "One page of them.",
            headers =
                    @Header(
                            name = SEQUENCE,
                            description = "The newest entry of the journal in the answer.",
                            schema = @Schema(type = "integer", format = "int64")),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = TaskPage.class)))
    @GetMapping("/tasks")
    ResponseEntity<Object> tasks(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) @RequestParam Map<String, String> said) {
        return page(
                request,
                said,
                asked ->
                        (view, visibility) -> {
                            var page = desk.tasks(view, visibility, asked);
                            return Optional.of(new TaskPage(page.shown(), page.next()));
                        });
    }

    @Operation(
            operationId = "listHistoryFrameworks",
            summary = "List frameworks that are there and frameworks that are gone",
            description = "In the order in which they registered; as of tasks.")
    @Parameter(name = "framework", in = ParameterIn.QUERY, description = "Only this one.")
    @Parameter(name = "role", in = ParameterIn.QUERY, description = "Only with this role.")
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "Only `active`, `disconnected` or `completed` ones.")
    @Parameter(name = "name", in = ParameterIn.QUERY, description = "Only of this name.")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = SPAN)
    @Parameter(name = "until", in = ParameterIn.QUERY, description = UNTIL)
    @Parameter(name = "order", in = ParameterIn.QUERY, description = ORDER)
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = LIMIT)
    @Parameter(name = "after", in = ParameterIn.QUERY, description = AFTER)
    @ApiResponse(
            responseCode = "200",
            description = "One page of them.",
            headers =
                    @Header(
                            name = SEQUENCE,
                            description = "The newest entry of the journal in the answer.",
                            schema = @Schema(type = "integer", format = "int64")),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = FrameworkPage.class)))
    @GetMapping("/frameworks")
    ResponseEntity<Object> frameworks(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) @RequestParam Map<String, String> said) {
        return page(
                request,
                said,
                asked ->
                        (view, visibility) -> {
                            var page = desk.frameworks(view, visibility, asked);
                            return Optional.of(new FrameworkPage(page.shown(), page.next()));
                        });
    }

    @Operation(
            operationId = "showHistoryTask",
            summary = "Show all launches of a task",
            description = "The newest first, a hundred at most: its id may have been used again.")
    @ApiResponse(
            responseCode = "200",
            description = "All of them.",
            headers =
                    @Header(
                            name = SEQUENCE,
                            description = "The newest entry of the journal in the answer.",
                            schema = @Schema(type = "integer", format = "int64")),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = TaskPage.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There was none, or none that the caller may see.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "Problem")))
    @GetMapping("/tasks/{framework}/{task}")
    ResponseEntity<Object> task(
            @Parameter(hidden = true) HttpServletRequest request,
            @PathVariable("framework") String framework,
            @PathVariable("task") String task) {
        return answer(
                request,
                (view, visibility) -> {
                    var launches = desk.launches(view, visibility, framework, task);
                    return launches.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new TaskPage(launches, ""));
                });
    }

    @Allowed(Action.REBUILD_HISTORY)
    @Operation(
            operationId = "rebuildHistory",
            summary = "Have the history made again",
            description =
                    "From the journal, as far as that goes back; what ended before stays as it is."
                            + " Until it is done, questions are answered by 503.")
    @ApiResponse(responseCode = "202", description = "It begins.")
    @PostMapping("/rebuild")
    ResponseEntity<Object> rebuild(@Parameter(hidden = true) HttpServletRequest request) {
        return door.answer(
                LedAnswers.Target.of(request),
                _ -> {
                    projection.rebuild();
                    return ResponseEntity.status(HttpStatus.ACCEPTED).build();
                });
    }

    private interface Answering {
        Answer of(Asked asked);
    }

    private ResponseEntity<Object> page(
            HttpServletRequest request, Map<String, String> said, Answering answering) {
        try {
            return answer(request, answering.of(Asked.of(said)));
        } catch (Asked.Unclear unclear) {
            return new Problem(ProblemType.MALFORMED, "" + unclear.getMessage()).anyAnswer();
        }
    }

    private ResponseEntity<Object> answer(HttpServletRequest request, Answer answer) {
        return door.answer(
                LedAnswers.Target.of(request),
                leading -> {
                    var view = leading.writer().view();
                    try {
                        return answer.of(view, viewers.of(request))
                                .map(body ->
                                        ResponseEntity.ok()
                                                .header(SEQUENCE, Long.toString(view.sequence()))
                                                .body(body))
                                .orElseGet(() ->
                                        new Problem(ProblemType.NOT_FOUND, "There is no such task.")
                                                .anyAnswer());
                    } catch (HistoryDesk.Busy busy) {
                        return LedAnswers.unavailable("" + busy.getMessage());
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        return LedAnswers.unavailable("This master stops.");
                    }
                });
    }
}
