package io.meseta.master.levels;

import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// Which masters there are, and what may be recorded.
@Controller
@ResponseBody
@RequestMapping(LevelsDesk.ROUTE)
@Tag(name = "levels", description = "Which masters there are, and what may be recorded")
@ApiResponse(
        responseCode = "503",
        description = "No master leads at the moment, or the database does not answer: try again.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
final class LevelsController {

    private final LevelsDesk desk;

    LevelsController(LevelsDesk desk) {
        this.desk = desk;
    }

    @Allowed(Action.VIEW_FLAGS)
    @Operation(
            operationId = "showFeatureLevels",
            summary = "Show the feature level and what each master can read",
            description = "A hundred masters at most.")
    @ApiResponse(
            responseCode = "200",
            description = "As it is now.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = LevelsRecord.class)))
    @GetMapping
    ResponseEntity<Object> show() {
        return desk.show();
    }

    @Allowed(Action.RAISE_FEATURE_LEVEL)
    @Operation(
            operationId = "raiseFeatureLevel",
            summary = "Raise the feature level",
            description =
                    "There is no way back to builds that can't read it. A level that is active"
                            + " already, or lower, changes nothing.")
    @ApiResponse(responseCode = "204", description = "It is active, and that is durable.")
    @ApiResponse(
            responseCode = "400",
            description = "It is no level.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "Problem")))
    @ApiResponse(
            responseCode = "409",
            description = "A master that is there can't read it.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(ref = "Problem")))
    @PostMapping("/raise")
    ResponseEntity<Object> raise(@RequestBody LevelsRecord.Wish wish) {
        return desk.raise(wish.level());
    }
}
