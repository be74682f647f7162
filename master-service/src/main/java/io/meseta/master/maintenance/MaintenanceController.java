package io.meseta.master.maintenance;

import com.google.protobuf.Message;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Route;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.v1.maintenance.Schedule;
import io.meseta.mesos.v1.master.Call;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.stereotype.Controller;

/// The older endpoints of maintenance.
@DecidedWithin("It depends on the machines that a request names.")
@Hidden
@Controller
final class MaintenanceController {

    private static final int BAD_REQUEST = 400;

    private final LeaderDoor door;
    private final CallReader reader;
    private final Rights rights;

    MaintenanceController(LeaderDoor door, CallReader reader, Rights rights) {
        this.door = door;
        this.reader = reader;
        this.rights = rights;
    }

    @Route({"/maintenance/schedule/**", "/master/maintenance/schedule/**"})
    void schedule(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        switch (exchange.method()) {
            case "GET", "HEAD" -> {
                var known = known(exchange);
                if (known.isPresent()) show(exchange, known.get().schedule());
            }
            case "POST" -> replace(exchange);
            default -> notAllowed(exchange, "GET", "POST");
        }
    }

    private void replace(Exchange exchange) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        var read = body(exchange, "", "", Schedule.getDefaultInstance());
        if (read.isPresent()) desk(exchange, leading.get()).schedule(read.get());
    }

    @Route({"/maintenance/status/**", "/master/maintenance/status/**"})
    void status(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        switch (exchange.method()) {
            case "GET", "HEAD" -> {
                var known = known(exchange);
                if (known.isPresent()) show(exchange, known.get().status());
            }
            default -> notAllowed(exchange, "GET");
        }
    }

    private Optional<MaintenanceAnswers> known(Exchange exchange) throws IOException {
        return door.see(exchange)
                .map(sight -> new MaintenanceAnswers(exchange, rights, sight.newest().get()));
    }

    /// Whoever leads says which methods there are.
    private void notAllowed(Exchange exchange, String... methods) throws IOException {
        if (door.enter(exchange).isPresent()) exchange.methodNotAllowed(methods);
    }

    @Route({"/machine/down/**", "/master/machine/down/**"})
    void down(HttpServletRequest request, HttpServletResponse response) throws IOException {
        machines(
                new Exchange(request, response),
                (desk, call) -> desk.takeDown(call.getMachinesList()));
    }

    @Route({"/machine/up/**", "/master/machine/up/**"})
    void up(HttpServletRequest request, HttpServletResponse response) throws IOException {
        machines(
                new Exchange(request, response),
                (desk, call) -> desk.bringUp(call.getMachinesList()));
    }

    private interface Wish {
        void submit(UpkeepDesk desk, Call.StartMaintenance machines) throws IOException;
    }

    private void machines(Exchange exchange, Wish wish) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        if (!exchange.method().equals("POST")) {
            exchange.methodNotAllowed("POST");
            return;
        }
        // The body is a list, and only messages can be read: so it is read as the part of one.
        var read =
                body(exchange, "{\"machines\":", "}", Call.StartMaintenance.getDefaultInstance());
        if (read.isPresent()) wish.submit(desk(exchange, leading.get()), read.get());
    }

    private UpkeepDesk desk(Exchange exchange, Leading leading) {
        return new UpkeepDesk(exchange, leading, rights);
    }

    private <T extends Message> Optional<T> body(
            Exchange exchange, String before, String after, T prototype) throws IOException {
        switch (reader.readBytes(exchange)) {
            case CallReader.Read.Refused(var status, var text) -> exchange.text(status, text);
            case CallReader.Read.Understood(var body) -> {
                var text = before + new String(body, StandardCharsets.UTF_8) + after;
                try {
                    return Optional.of(
                            MesosJson.read(
                                    text.getBytes(StandardCharsets.UTF_8),
                                    prototype,
                                    JsonLimits.DEFAULT));
                } catch (UnreadableJson unreadable) {
                    exchange.text(BAD_REQUEST, String.valueOf(unreadable.getMessage()));
                }
            }
        }
        return Optional.empty();
    }

    private static void show(Exchange exchange, Message message) throws IOException {
        exchange.json(out -> out.write(MesosJson.write(message)));
    }
}
