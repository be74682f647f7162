package io.meseta.agent.operator;

import io.meseta.mesos.json.MesosJson;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.json.JsonMapper;

/// The older routes that show containers.
@Controller
final class ContainerController {

    private final ContainerViews containers;
    private final Rights rights;
    private final JsonMapper mapper;

    ContainerController(ContainerViews containers, Rights rights, JsonMapper mapper) {
        this.containers = containers;
        this.rights = rights;
        this.mapper = mapper;
    }

    @DecidedWithin("It shows the containers that the caller may see.")
    @RequestMapping({"/containers", "/slave(1)/containers"})
    void containers(Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(caller, request, response, true);
    }

    @DecidedWithin("It shows the containers that the caller may see.")
    @RequestMapping({"/monitor/statistics", "/slave(1)/monitor/statistics"})
    void statistics(Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(caller, request, response, false);
    }

    private void show(
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response,
            boolean withStatus)
            throws IOException {
        var all = new ArrayList<Object>();
        for (var each : containers.shown(rights.containers(caller), false)) {
            var container = each.container();
            var view = new LinkedHashMap<String, Object>();
            if (withStatus) view.put("container_id", container.getContainerId().getValue());
            view.put("executor_id", container.getExecutorId().getValue());
            view.put("executor_name", container.getExecutorName());
            view.put("framework_id", container.getFrameworkId().getValue());
            view.put("source", each.source());
            view.put(
                    "statistics",
                    mapper.readTree(MesosJson.write(container.getResourceStatistics())));
            if (withStatus)
                view.put(
                        "status", mapper.readTree(MesosJson.write(container.getContainerStatus())));
            all.add(view);
        }
        Replies.json(request, response, mapper.writeValueAsBytes(all));
    }
}
