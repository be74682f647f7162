package io.meseta.master.events;

import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.views.Viewers;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// The cluster as a stream of changes.
@DecidedWithin("It shows what the caller may see.")
@Controller
@Tag(name = "cluster")
final class EventsController {

    private final LeaderDoor door;
    private final Viewers viewers;
    private final Broadcast broadcast;
    private final int streamsMax;

    EventsController(LeaderDoor door, Viewers viewers, Broadcast broadcast, int streamsMax) {
        this.door = door;
        this.viewers = viewers;
        this.broadcast = broadcast;
        this.streamsMax = streamsMax;
    }

    @Operation(
            operationId = "streamEvents",
            summary = "Follow what changes in the cluster",
            description =
                    "Server-sent events: `snapshot` with all agents, frameworks and tasks, then"
                            + " `change` with whole records that take the place of older ones and"
                            + " with what is `gone`, `beat` at least every 2 s, and `end` with the"
                            + " reason why no more comes.",
            parameters =
                    @Parameter(
                            name = "Last-Event-ID",
                            in = ParameterIn.HEADER,
                            description =
                                    "The id of the last event that was read. What came after it"
                                            + " follows, if it is still known; else a snapshot.",
                            schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "An answer without end.",
            content = @Content(mediaType = SseFrames.MEDIA_TYPE))
    @ApiResponse(
            responseCode = "503",
            description = "No master leads at the moment, or too many follow: try again.",
            content = @Content(mediaType = "text/plain"))
    @GetMapping("/api/meseta/v1/events")
    void stream(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        var exchange = new Exchange(request, response);
        if (door.enter(exchange).isEmpty()) return;
        if (broadcast.size() >= streamsMax) {
            exchange.unavailable("Too many follow the changes of the cluster");
            return;
        }
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(SseFrames.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        // Asks proxies that would wait for the end of it to pass it on.
        response.setHeader("X-Accel-Buffering", "no");
        var known = exchange.header("Last-Event-ID").flatMap(EventId::read);
        broadcast.open(exchange, new Audience(viewers.of(request), Format.JSON), known);
    }
}
