package io.meseta.agent.operator;

import io.meseta.agent.containers.Findings;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.doctor.HostReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// What this machine can do for containers, and what would mend it.
@Controller
@ResponseBody
@Tag(name = "machine", description = "The machine that the agent runs on")
final class DoctorController {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private record Look(HostReport report, long at) {}

    private static final String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    private final RuntimeSettings settings;
    private final Findings further;

    /// A lock, since a look runs containers: one at a time, and those who come meanwhile get the
    /// same.
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Look last;

    /// @param settings with a directory of its own
    /// @param further what the agent has found out itself
    DoctorController(RuntimeSettings settings, Findings further) {
        this.settings = settings;
        this.further = further;
    }

    private HostReport look() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var current = last;
            if (current != null && System.nanoTime() - current.at() < FRESH.toNanos())
                return current.report();
            var found = new ArrayList<>(HostReport.of(settings).findings());
            found.addAll(further.all());
            var report = new HostReport(found);
            last = new Look(report, System.nanoTime());
            return report;
        } finally {
            lock.unlock();
        }
    }

    @Operation(
            operationId = "examineMachine",
            summary = "What this machine can and can't do for containers",
            description =
                    "It is found out by trying, once a minute at most. Where no container can be"
                            + " run, the answer has the one command that would mend that, if there"
                            + " is one.")
    @ApiResponse(responseCode = "200", description = "What was found.")
    @ApiResponse(
            responseCode = "403",
            description = "The caller may not ask.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @GetMapping(path = "/api/meseta/v1/doctor", produces = MediaType.APPLICATION_JSON_VALUE)
    DoctorResponse report() throws InterruptedException {
        return DoctorResponse.of(look());
    }
}
