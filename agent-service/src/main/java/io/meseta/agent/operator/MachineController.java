package io.meseta.agent.operator;

import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.Public;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.process.LogLevels;
import io.meseta.platform.process.LogToggle;
import io.meseta.platform.process.MachineFigures;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/// The older routes of the process and its machine.
@Controller
final class MachineController {

    private final LogLevels levels;
    private final Rights rights;
    private final JsonMapper mapper;

    MachineController(LogLevels levels, Rights rights, JsonMapper mapper) {
        this.levels = levels;
        this.rights = rights;
        this.mapper = mapper;
    }

    /// Whoever may look may not change: that takes what SET_LOGGING_LEVEL takes.
    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @RequestMapping("/logging/toggle")
    void toggle(
            Caller caller,
            @RequestParam(name = "level", required = false) @Nullable String level,
            @RequestParam(name = "duration", required = false) @Nullable String duration,
            HttpServletResponse response)
            throws IOException {
        switch (LogToggle.read(Optional.ofNullable(level), Optional.ofNullable(duration))) {
            case LogToggle.Show _ -> Replies.text(response, 200, levels.level() + "\n");
            case LogToggle.Mistaken(var text) -> Replies.text(response, 400, text);
            case LogToggle.Change(var wanted, var time) -> {
                if (rights.decide(caller, Action.SET_LOG_LEVEL) instanceof Verdict.Denied denied) {
                    Replies.forbidden(response, denied);
                    return;
                }
                levels.set(wanted, time);
                Replies.empty(response);
            }
        }
    }

    @Public("Tools ask it of every Mesos, without a name; it says how busy the machine is.")
    @RequestMapping("/system/stats.json")
    void stats(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var figures = MachineFigures.now();
        var view =
                new TreeMap<String, Object>(
                        Map.of(
                                "avg_load_1min", figures.load1(),
                                "avg_load_5min", figures.load5(),
                                "avg_load_15min", figures.load15(),
                                "cpus_total", figures.processors(),
                                "mem_free_bytes", figures.memoryFreeBytes(),
                                "mem_total_bytes", figures.memoryBytes()));
        Replies.json(request, response, mapper.writeValueAsBytes(view));
    }
}
