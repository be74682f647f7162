package io.meseta.agent.operator;

import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.access.Public;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.process.SpokenDuration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.json.JsonMapper;

/// The routes that are older than the API of calls. Any method will do, as in Mesos.
@Controller
final class LegacyController {

    private final About about;
    private final StateView state;
    private final AgentMetrics metrics;
    private final JsonMapper mapper;
    private final Rights rights;

    LegacyController(
            About about, StateView state, AgentMetrics metrics, JsonMapper mapper, Rights rights) {
        this.about = about;
        this.state = state;
        this.metrics = metrics;
        this.mapper = mapper;
        this.rights = rights;
    }

    @DecidedWithin("It shows the tasks that the caller may see.")
    @RequestMapping({"/state", "/slave(1)/state"})
    void state(Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean seesFlags = rights.decide(caller, Action.VIEW_FLAGS).isAllowed();
        Replies.json(request, response, state.render(rights.view(caller), seesFlags));
    }

    @Public("Whoever watches this agent has no identity, and learns that it lives.")
    @RequestMapping({"/health", "/slave(1)/health"})
    void health(HttpServletResponse response) {
        Replies.empty(response);
    }

    @Public("Clients ask before they sign in, as they do of Mesos.")
    @RequestMapping("/version")
    void version(HttpServletRequest request, HttpServletResponse response) throws IOException {
        json(request, response, about.versionView());
    }

    @Allowed(Action.VIEW_FLAGS)
    @RequestMapping({"/flags", "/slave(1)/flags"})
    void flags(HttpServletRequest request, HttpServletResponse response) throws IOException {
        json(request, response, Map.of("flags", about.flags()));
    }

    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @RequestMapping("/metrics/snapshot")
    void metrics(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var timeout = request.getParameter("timeout");
        // No figure takes long enough for a limit to matter, but a limit that is none is a mistake.
        if (timeout != null
                && SpokenDuration.read(timeout) instanceof SpokenDuration.Unclear(var why)) {
            Replies.text(response, 400, "Invalid timeout '" + timeout + "': " + why + ".\n");
            return;
        }
        json(request, response, metrics.snapshot());
    }

    private void json(HttpServletRequest request, HttpServletResponse response, Object view)
            throws IOException {
        Replies.json(request, response, mapper.writeValueAsBytes(view));
    }
}
