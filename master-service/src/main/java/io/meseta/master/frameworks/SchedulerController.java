package io.meseta.master.frameworks;

import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Route;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;

/// Where frameworks call.
@DecidedWithin("What a framework may do depends on its roles, its tasks and its principal.")
@Hidden
@Controller
final class SchedulerController {

    private final SchedulerApi api;

    SchedulerController(SchedulerApi api) {
        this.api = api;
    }

    @Route({"/api/v1/scheduler/**", "/master/api/v1/scheduler/**"})
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        api.answer(new Exchange(request, response));
    }
}
