package io.meseta.master.self;

import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Route;
import io.meseta.master.rights.Rights;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;

/// The master's log, as user interfaces and `curl` read it.
@DecidedWithin("Who may read the log.")
@Hidden
@Controller
final class FilesController {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final OwnLog log;
    private final Rights rights;

    FilesController(OwnLog log, Rights rights) {
        this.log = log;
        this.rights = rights;
    }

    @Route("/files/browse")
    void browse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var path = path(exchange);
        if (path.isEmpty() || isHidden(exchange)) return;
        if (log.isAt(path.get())) exchange.json(JsonPrinter.list(_ -> {}));
        else exchange.text(NOT_FOUND, "");
    }

    @Route("/files/read")
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var path = path(exchange);
        if (path.isEmpty()) return;
        var offset = exchange.query("offset");
        var length = exchange.query("length");
        var problem = problem("offset", offset).or(() -> problem("length", length));
        if (problem.isPresent()) {
            exchange.text(BAD_REQUEST, problem.get());
            return;
        }
        if (isHidden(exchange)) return;
        var opened = log.open(path.get());
        if (opened.isEmpty()) {
            exchange.text(NOT_FOUND, "");
            return;
        }
        try (var channel = opened.get()) {
            long from = number(offset).orElse(-1L);
            long count = number(length).orElse(-1L);
            var piece = OwnLog.read(channel, from, count < 0 ? OwnLog.READ_BYTES_MAX : count);
            exchange.json(
                    JsonPrinter.body(json -> {
                        json.field("data", piece.data().toStringUtf8());
                        // Whoever names no place is told where the end is.
                        json.field("offset", from < 0 ? piece.size() : from);
                    }));
        }
    }

    @Route("/files/download")
    void download(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var path = path(exchange);
        if (path.isEmpty() || isHidden(exchange)) return;
        var opened = log.open(path.get());
        if (opened.isEmpty()) {
            exchange.text(NOT_FOUND, "");
            return;
        }
        try (var channel = opened.get()) {
            long left = channel.size();
            response.setStatus(OK);
            response.setContentType("application/octet-stream");
            response.setHeader(
                    "Content-Disposition",
                    "attachment; filename=" + log.fileName().replaceAll("[^!-~]|[\";]", "_"));
            response.setContentLengthLong(left);
            var in = Channels.newInputStream(channel);
            var out = response.getOutputStream();
            // The file grows meanwhile; what was promised is sent.
            var chunk = new byte[OwnLog.READ_BYTES_MAX];
            while (left > 0) {
                int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (read < 0) break;
                out.write(chunk, 0, read);
                left -= read;
            }
        }
    }

    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @Route("/files/debug")
    void debug(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Exchange(request, response)
                .json(
                        JsonPrinter.body(json -> {
                            for (var name : log.names().entrySet())
                                json.field(name.getKey(), name.getValue());
                        }));
    }

    private static Optional<String> path(Exchange exchange) throws IOException {
        var path = exchange.query("path").filter(text -> !text.isEmpty());
        if (path.isEmpty()) exchange.text(BAD_REQUEST, "Expecting 'path=value' in query.\n");
        return path;
    }

    private boolean isHidden(Exchange exchange) throws IOException {
        if (!(rights.readLog(exchange.caller()) instanceof Verdict.Denied denied)) return false;
        exchange.forbidden(denied, "");
        return true;
    }

    private static Optional<String> problem(String name, Optional<String> text) {
        if (text.isEmpty()) return Optional.empty();
        var number = number(text);
        if (number.isEmpty())
            return Optional.of(
                    "Failed to parse %s: Failed to convert '%s' to number.\n"
                            .formatted(name, text.get()));
        return number.get() >= -1
                ? Optional.empty()
                : Optional.of("Negative %s provided: %d.\n".formatted(name, number.get()));
    }

    private static Optional<Long> number(Optional<String> text) {
        return text.stream().flatMap(FilesController::number).findFirst();
    }

    private static Stream<Long> number(String text) {
        try {
            return Stream.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            return Stream.empty();
        }
    }
}
