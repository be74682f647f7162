package io.meseta.master.self;

import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Route;
import io.meseta.master.rights.Rights;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.Public;
import io.meseta.platform.process.LogLevels;
import io.meseta.platform.process.LogToggle;
import io.meseta.platform.process.MachineFigures;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;

/// The older endpoints of the process and its machine. Any method will do, as in Mesos.
@Hidden
@Controller
final class MachineController {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private static final String NO_PROFILER =
            "Perftools is disabled. To enable perftools, configure libprocess with"
                    + " --enable-perftools.\n";

    private final LogLevels levels;
    private final Rights rights;

    MachineController(LogLevels levels, Rights rights) {
        this.levels = levels;
        this.rights = rights;
    }

    /// Whoever may look may not change: that takes what SET_LOGGING_LEVEL takes.
    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @Route("/logging/toggle")
    void toggle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        switch (LogToggle.read(exchange.query("level"), exchange.query("duration"))) {
            case LogToggle.Show _ -> exchange.text(OK, levels.level() + "\n");
            case LogToggle.Mistaken(var text) -> exchange.text(BAD_REQUEST, text);
            case LogToggle.Change(var level, var time) -> {
                if (rights.setLogLevel(exchange.caller()) instanceof Verdict.Denied denied) {
                    exchange.forbidden(denied);
                    return;
                }
                levels.set(level, time);
                exchange.empty(OK);
            }
        }
    }

    @Public("Tools ask it of every Mesos, without a name; it says how busy the machine is.")
    @Route("/system/stats.json")
    void stats(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var figures = MachineFigures.now();
        new Exchange(request, response)
                .json(
                        JsonPrinter.body(json -> {
                            json.field("avg_load_15min", figures.load15());
                            json.field("avg_load_1min", figures.load1());
                            json.field("avg_load_5min", figures.load5());
                            json.field("cpus_total", figures.processors());
                            json.field("mem_free_bytes", figures.memoryFreeBytes());
                            json.field("mem_total_bytes", figures.memoryBytes());
                        }));
    }

    /// A Mesos that was built in the usual way has no profiler either.
    @Public("It says that there is no such thing, as every usual Mesos does.")
    @Route({"/profiler/start", "/profiler/stop"})
    void profile(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Exchange(request, response).text(BAD_REQUEST, NO_PROFILER);
    }
}
