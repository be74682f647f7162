package io.meseta.auth.bundles.web;

import io.meseta.auth.bundles.Publication;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;

/// Hands out bundles: at once if there is a newer one, else as soon as there is.
@Controller
@ResponseBody
@Tag(name = "bundle", description = "All that a service needs to know callers and decide")
final class BundleController {

    private final Publication publication;
    private final Duration hold;

    BundleController(Publication publication, Duration hold) {
        this.publication = publication;
        this.hold = hold;
    }

    @Operation(
            operationId = "fetchBundle",
            summary = "The newest signed bundle, once it is newer than the one you have")
    @ApiResponse(
            responseCode = "200",
            description = "A signed bundle.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "204", description = "Nothing newer came: ask again.")
    @Allowed(Action.FETCH_BUNDLE)
    @GetMapping("/auth/v1/bundle")
    DeferredResult<ResponseEntity<Resource>> fetch(
            @RequestParam(name = "after", defaultValue = "0") long after) {
        if (after < 0) throw Refused.invalid("after: a version, from 0.");
        var answer =
                new DeferredResult<ResponseEntity<Resource>>(
                        hold.toMillis(), () -> ResponseEntity.noContent().build());
        var held =
                publication
                        .hold(
                                after,
                                issue -> answer.setResult(ok(issue)),
                                () -> answer.setResult(ResponseEntity.noContent().build()))
                        .orElseThrow(() -> new Refused(new Refusal.Busy()));
        answer.onCompletion(() -> publication.leave(held));
        return answer;
    }

    private static ResponseEntity<Resource> ok(Publication.Issue issue) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("Cache-Control", "no-store")
                .eTag("\"" + issue.version() + "\"")
                .body(new ByteArrayResource(issue.bytes()));
    }
}
