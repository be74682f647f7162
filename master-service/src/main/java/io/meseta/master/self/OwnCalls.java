package io.meseta.master.self;

import io.meseta.authorization.Verdict;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.rights.Rights;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import io.meseta.platform.process.LogLevels;
import java.io.IOException;
import java.time.Duration;

/// Operators' calls about this master's log.
public final class OwnCalls {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final OwnLog log;
    private final LogLevels levels;
    private final Rights rights;

    OwnCalls(OwnLog log, LogLevels levels, Rights rights) {
        this.log = log;
        this.levels = levels;
        this.rights = rights;
    }

    /// GET_LOGGING_LEVEL
    public void level(Exchange exchange, Format format) throws IOException {
        // A number that no 32 bits hold was never set.
        int level = (int) levels.level();
        answer(
                exchange,
                format,
                Response.newBuilder()
                        .setType(Response.Type.GET_LOGGING_LEVEL)
                        .setGetLoggingLevel(Response.GetLoggingLevel.newBuilder().setLevel(level)));
    }

    /// SET_LOGGING_LEVEL
    public void setLevel(Exchange exchange, Call.SetLoggingLevel wanted) throws IOException {
        if (rights.setLogLevel(exchange.caller()) instanceof Verdict.Denied denied) {
            exchange.forbidden(denied);
            return;
        }
        var time = Duration.ofNanos(Math.max(0, wanted.getDuration().getNanoseconds()));
        levels.set(Integer.toUnsignedLong(wanted.getLevel()), time);
        exchange.empty(OK);
    }

    /// LIST_FILES: a log is a file, so there is nothing in it.
    public void list(Exchange exchange, Format format, Call.ListFiles call) throws IOException {
        if (isHidden(exchange)) return;
        if (!log.isAt(call.getPath())) {
            exchange.text(NOT_FOUND, "");
            return;
        }
        answer(
                exchange,
                format,
                Response.newBuilder()
                        .setType(Response.Type.LIST_FILES)
                        .setListFiles(Response.ListFiles.getDefaultInstance()));
    }

    /// READ_FILE
    public void read(Exchange exchange, Format format, Call.ReadFile call) throws IOException {
        if (isHidden(exchange)) return;
        var opened = log.open(call.getPath());
        if (opened.isEmpty()) {
            exchange.text(NOT_FOUND, "");
            return;
        }
        try (var channel = opened.get()) {
            long length = call.hasLength() ? call.getLength() : OwnLog.READ_BYTES_MAX;
            // Beyond 63 bits there is no file, and no end to a length.
            var piece =
                    OwnLog.read(
                            channel, call.getOffset(), length < 0 ? OwnLog.READ_BYTES_MAX : length);
            answer(
                    exchange,
                    format,
                    Response.newBuilder()
                            .setType(Response.Type.READ_FILE)
                            .setReadFile(
                                    Response.ReadFile.newBuilder()
                                            .setSize(piece.size())
                                            .setData(piece.data())));
        }
    }

    /// Whoever may not read the log is not told what there is, whatever path was named.
    private boolean isHidden(Exchange exchange) throws IOException {
        if (!(rights.readLog(exchange.caller()) instanceof Verdict.Denied denied)) return false;
        exchange.forbidden(denied, "");
        return true;
    }

    private static void answer(Exchange exchange, Format format, Response.Builder response)
            throws IOException {
        exchange.bytes(format.mediaType(), format.write(response.build()));
    }
}
