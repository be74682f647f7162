package io.meseta.agent.operator;

import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.doctor.HostReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/// What this machine can do for containers, and what would mend it.
@Controller
final class DoctorController {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private record Look(HostReport report, long at) {}

    private final RuntimeSettings settings;
    private final JsonMapper mapper;

    /// A lock, since a look runs containers: one at a time, and those who come meanwhile get the
    /// same.
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Look last;

    /// @param settings with a directory of its own
    DoctorController(RuntimeSettings settings, JsonMapper mapper) {
        this.settings = settings;
        this.mapper = mapper;
    }

    private HostReport look() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var current = last;
            if (current != null && System.nanoTime() - current.at() < FRESH.toNanos())
                return current.report();
            var report = HostReport.of(settings);
            last = new Look(report, System.nanoTime());
            return report;
        } finally {
            lock.unlock();
        }
    }

    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @GetMapping("/api/meseta/v1/doctor")
    void report(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var report = look();
        var findings = new ArrayList<Object>();
        for (var finding : report.findings()) {
            var view = new LinkedHashMap<String, Object>();
            view.put("topic", finding.topic());
            view.put("weight", finding.weight().name().toLowerCase(Locale.ROOT));
            view.put("text", finding.text());
            if (finding.remedy() != null) view.put("remedy", finding.remedy());
            findings.add(view);
        }
        var view = new LinkedHashMap<String, Object>();
        view.put("able", report.isAble());
        report.remedy().ifPresent(remedy -> view.put("remedy", remedy));
        view.put("findings", findings);
        Replies.json(request, response, mapper.writeValueAsBytes(view));
    }
}
