package io.meseta.master.sharing;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.doors.PageLimit;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.identity.Caller;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// How roles share with others.
@DecidedWithin("It depends on the role.")
@Controller
@ResponseBody
@RequestMapping(SharingDesk.ROUTE)
@Tag(name = "sharing", description = "How roles share what they have")
@ApiResponse(
        responseCode = "400",
        description = "It makes no sense.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
@ApiResponse(
        responseCode = "503",
        description = "No master leads at the moment, or it is too busy: try again.",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        schema = @Schema(ref = "Problem")))
final class SharingController {

    private final SharingDesk desk;

    SharingController(SharingDesk desk) {
        this.desk = desk;
    }

    @Operation(
            operationId = "listSharing",
            summary = "List the roles of which something was said about sharing",
            description = "In the order of their names, those whose quota the caller may see.")
    @ApiResponse(
            responseCode = "200",
            description = "One page of them.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = SharingRecord.Page.class)))
    @GetMapping
    ResponseEntity<Object> list(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "How many to show, 1 to 1000.")
                    @RequestParam(name = "limit", defaultValue = "100")
                    String limit,
            @Parameter(description = "The `next` of the page before.")
                    @RequestParam(name = "after", defaultValue = "")
                    String after) {
        return PageLimit.answer(
                limit, count -> desk.list(LedAnswers.Target.of(request), caller, count, after));
    }

    @Operation(
            operationId = "showSharing",
            summary = "Show how a role shares",
            description = "If nothing was said of it, as the nearest role above it does.")
    @ApiResponse(
            responseCode = "200",
            description = "How it shares.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = SharingRecord.class)))
    @GetMapping("/{*role}")
    ResponseEntity<Object> show(
            @Parameter(hidden = true) Caller caller, @PathVariable("role") String role) {
        return desk.show(caller, name(role));
    }

    @Operation(
            operationId = "setSharing",
            summary = "Say how a role shares",
            description = "It holds for the roles below, too, of which nothing else is said.")
    @ApiResponse(responseCode = "204", description = "It is so from now on, and that is durable.")
    @PutMapping("/{*role}")
    ResponseEntity<Object> set(
            @Parameter(hidden = true) Caller caller,
            @PathVariable("role") String role,
            @RequestBody SharingRecord.Wish wish) {
        return desk.set(caller, name(role), wish);
    }

    @Operation(
            operationId = "removeSharing",
            summary = "Have a role share as the one above it does")
    @ApiResponse(responseCode = "204", description = "It is so from now on, and that is durable.")
    @DeleteMapping("/{*role}")
    ResponseEntity<Object> remove(
            @Parameter(hidden = true) Caller caller, @PathVariable("role") String role) {
        return desk.remove(caller, name(role));
    }

    /// What a path has behind the slash.
    private static String name(String rest) {
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }
}
