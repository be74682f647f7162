package io.meseta.agent.operator;

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

    LegacyController(About about, StateView state, AgentMetrics metrics, JsonMapper mapper) {
        this.about = about;
        this.state = state;
        this.metrics = metrics;
        this.mapper = mapper;
    }

    @RequestMapping({"/state", "/slave(1)/state"})
    void state(HttpServletResponse response) throws IOException {
        Replies.body(response, 200, Replies.JSON, state.render());
    }

    @RequestMapping({"/health", "/slave(1)/health"})
    void health(HttpServletResponse response) {
        Replies.empty(response);
    }

    @RequestMapping("/version")
    void version(HttpServletResponse response) throws IOException {
        json(response, about.versionView());
    }

    @RequestMapping({"/flags", "/slave(1)/flags"})
    void flags(HttpServletResponse response) throws IOException {
        json(response, Map.of("flags", about.flags()));
    }

    @RequestMapping("/metrics/snapshot")
    void metrics(HttpServletResponse response) throws IOException {
        json(response, metrics.snapshot());
    }

    private void json(HttpServletResponse response, Object view) throws IOException {
        Replies.body(response, 200, Replies.JSON, mapper.writeValueAsBytes(view));
    }
}
