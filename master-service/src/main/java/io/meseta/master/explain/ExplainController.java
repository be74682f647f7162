package io.meseta.master.explain;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.views.Viewers;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// Why something is not offered, agent by agent.
@DecidedWithin("It shows what the caller may see.")
@Controller
@ResponseBody
@RequestMapping("/api/meseta/v1/explain")
@Tag(name = "explain", description = "Why something is not offered, and what would change it")
@ApiResponse(
        responseCode = "200",
        description = "Every reason, agent by agent, one page of them.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ExplanationRecord.class)))
@ApiResponse(
        responseCode = "400",
        description = "The question makes no sense.",
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
final class ExplainController {

    private static final String NEEDED =
            "What is needed of one agent, as in `cpus:1;mem:512;ports:[31000-31001]`.";
    private static final String LIMIT = "How many agents to show, 1 to 1000.";
    private static final String AFTER = "The `next` of the page before.";

    private final ExplainDesk desk;
    private final Viewers viewers;

    ExplainController(ExplainDesk desk, Viewers viewers) {
        this.desk = desk;
        this.viewers = viewers;
    }

    @Operation(
            operationId = "explainFramework",
            summary = "Say why a framework is not offered what it needs",
            description =
                    "Without a demand it is what the framework has asked for by REQUEST, or else"
                            + " the least that is worth an offer.")
    @ApiResponse(
            responseCode = "404",
            description = "There is no such framework, or the caller may not see it.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "Problem")))
    @GetMapping("/frameworks/{framework}")
    ResponseEntity<Object> framework(
            @Parameter(hidden = true) HttpServletRequest request,
            @PathVariable("framework") String framework,
            @Parameter(description = "In which of its roles; by default the first.")
                    @RequestParam(name = "role", defaultValue = "")
                    String role,
            @Parameter(description = NEEDED) @RequestParam(name = "needed", defaultValue = "")
                    String needed,
            @Parameter(description = LIMIT) @RequestParam(name = "limit", defaultValue = "100")
                    String limit,
            @Parameter(description = AFTER) @RequestParam(name = "after", defaultValue = "")
                    String after) {
        return asked(
                new Question.Words(role, needed, limit, after),
                question ->
                        desk.framework(
                                LedAnswers.Target.of(request),
                                viewers.of(request),
                                framework,
                                question));
    }

    @Operation(
            operationId = "explainRole",
            summary = "Say why a framework that came to a role now would not be offered something")
    @GetMapping("/roles/{*role}")
    ResponseEntity<Object> role(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) Caller caller,
            @PathVariable("role") String role,
            @Parameter(description = NEEDED) @RequestParam(name = "needed", defaultValue = "")
                    String needed,
            @Parameter(description = LIMIT) @RequestParam(name = "limit", defaultValue = "100")
                    String limit,
            @Parameter(description = AFTER) @RequestParam(name = "after", defaultValue = "")
                    String after) {
        var name = role.startsWith("/") ? role.substring(1) : role;
        return asked(
                new Question.Words(name, needed, limit, after),
                question ->
                        desk.role(
                                LedAnswers.Target.of(request),
                                viewers.of(request),
                                caller,
                                question));
    }

    @Operation(
            operationId = "explainDemand",
            summary = "Say why a demand that somebody describes would not be met")
    @GetMapping("/demand")
    ResponseEntity<Object> demand(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "In which role.") @RequestParam(name = "role") String role,
            @Parameter(description = NEEDED) @RequestParam(name = "needed") String needed,
            @Parameter(description = LIMIT) @RequestParam(name = "limit", defaultValue = "100")
                    String limit,
            @Parameter(description = AFTER) @RequestParam(name = "after", defaultValue = "")
                    String after) {
        return asked(
                new Question.Words(role, needed, limit, after),
                question ->
                        desk.role(
                                LedAnswers.Target.of(request),
                                viewers.of(request),
                                caller,
                                question));
    }

    private static ResponseEntity<Object> asked(
            Question.Words words, Function<Question, ResponseEntity<Object>> answer) {
        Question question;
        try {
            question = Question.of(words);
        } catch (IllegalArgumentException unclear) {
            return new Problem(ProblemType.MALFORMED, String.valueOf(unclear.getMessage()))
                    .anyAnswer();
        }
        return answer.apply(question);
    }
}
