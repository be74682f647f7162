package io.meseta.master.state;

import io.meseta.master.about.Self;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Route;
import io.meseta.master.doors.Sight;
import io.meseta.master.past.Sights;
import io.meseta.master.rendering.FullAnswers;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;

/// The older endpoints that show the cluster. The names that end in `.json` are older still: Mesos
/// itself has dropped them, and tools have not.
@DecidedWithin("They show what the caller may see.")
@Hidden
@Controller
final class StateController {

    private static final int TASKS_DEFAULT = 100;

    private final Sights sights;
    private final FullAnswers full;
    private final Self self;

    StateController(Sights sights, FullAnswers full, Self self) {
        this.sights = sights;
        this.full = full;
        this.self = self;
    }

    @Route({"/state/**", "/master/state/**", "/state.json", "/master/state.json"})
    void state(HttpServletRequest request, HttpServletResponse response) throws IOException {
        print(new Exchange(request, response), StatePrinter::state);
    }

    @Route({
        "/state-summary/**",
        "/master/state-summary/**",
        "/state-summary.json",
        "/master/state-summary.json"
    })
    void summary(HttpServletRequest request, HttpServletResponse response) throws IOException {
        print(new Exchange(request, response), StatePrinter::summary);
    }

    @Route({"/slaves/**", "/master/slaves/**", "/slaves.json", "/master/slaves.json"})
    void slaves(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var id = exchange.query("slave_id");
        print(exchange, printer -> printer.slaves(id));
    }

    @Route({
        "/frameworks/**",
        "/master/frameworks/**",
        "/frameworks.json",
        "/master/frameworks.json"
    })
    void frameworks(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var id = exchange.query("framework_id");
        print(exchange, printer -> printer.frameworks(id));
    }

    @Route({"/tasks/**", "/master/tasks/**", "/tasks.json", "/master/tasks.json"})
    void tasks(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var page = page(exchange);
        print(exchange, printer -> printer.tasks(page));
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

    /// Prints in the renderer's thread, for others too: it must not touch the exchange.
    private interface Printing {
        void print(StatePrinter printer) throws IOException;
    }

    private void print(Exchange exchange, Printing printing) throws IOException {
        sights.answer(exchange, sight -> print(exchange, sight, printing));
    }

    private void print(Exchange exchange, Sight sight, Printing printing) throws IOException {
        var elsewhere = sight.elsewhere();
        boolean isPast = sight.isPast();
        full.answer(
                exchange,
                sight,
                document(exchange),
                Format.JSON,
                (view, out) ->
                        JsonPrinter.body(
                                        json -> {
                                            var scene = new Scene(elsewhere, isPast, view);
                                            printing.print(new StatePrinter(json, self, scene));
                                        })
                                .writeTo(out));
    }

    /// What is asked for: the route, and the parameters that count.
    private static List<Object> document(Exchange exchange) {
        var path = exchange.request().getRequestURI();
        var name = path.substring(path.startsWith("/master/") ? "/master".length() : 0);
        return List.of(
                name,
                exchange.query("slave_id"),
                exchange.query("framework_id"),
                exchange.query("task_id"),
                page(exchange));
    }
}
