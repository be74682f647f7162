package io.meseta.master.state;

import io.meseta.master.about.Self;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.ReaderLimit;
import io.meseta.master.doors.Route;
import io.meseta.master.doors.Sight;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Controller;

/// The older endpoints that show the cluster. The names that end in `.json` are older still: Mesos
/// itself has dropped them, and tools have not.
@Hidden
@Controller
final class StateController {

    private static final int TASKS_DEFAULT = 100;

    private final LeaderDoor door;
    private final ReaderLimit readers;
    private final Self self;

    StateController(LeaderDoor door, ReaderLimit readers, Self self) {
        this.door = door;
        this.readers = readers;
        this.self = self;
    }

    @Route({"/state/**", "/master/state/**", "/state.json", "/master/state.json"})
    void state(HttpServletRequest request, HttpServletResponse response) throws IOException {
        print(new Exchange(request, response), StatePrinter::state);
    }

    @Route({"/state-summary/**", "/master/state-summary/**", "/master/state-summary.json"})
    void summary(HttpServletRequest request, HttpServletResponse response) throws IOException {
        print(new Exchange(request, response), StatePrinter::summary);
    }

    @Route({"/slaves/**", "/master/slaves/**", "/slaves.json", "/master/slaves.json"})
    void slaves(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        print(exchange, printer -> printer.slaves(exchange.query("slave_id")));
    }

    @Route({
        "/frameworks/**",
        "/master/frameworks/**",
        "/frameworks.json",
        "/master/frameworks.json"
    })
    void frameworks(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        print(exchange, printer -> printer.frameworks(exchange.query("framework_id")));
    }

    @Route({"/tasks/**", "/master/tasks/**", "/tasks.json", "/master/tasks.json"})
    void tasks(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        print(exchange, printer -> printer.tasks(page(exchange)));
    }

    /// What is not a number counts as not said; anything but `asc` is the other way round, also
    /// nothing.
    private static StatePrinter.Page page(Exchange exchange) {
        return new StatePrinter.Page(
                number(exchange.query("limit"), TASKS_DEFAULT),
                number(exchange.query("offset"), 0),
                exchange.query("order").equals(Optional.of("asc")),
                exchange.query("framework_id"),
                exchange.query("task_id"));
    }

    private static int number(Optional<String> text, int otherwise) {
        return text.filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    private interface Printing {
        void print(StatePrinter printer) throws IOException;
    }

    private void print(Exchange exchange, Printing printing) throws IOException {
        var sight = door.see(exchange);
        if (sight.isEmpty()) return;
        readers.within(exchange, () -> print(exchange, sight.get(), printing));
    }

    private void print(Exchange exchange, Sight sight, Printing printing) throws IOException {
        exchange.json(
                JsonPrinter.body(json -> printing.print(new StatePrinter(json, self, sight))));
    }
}
