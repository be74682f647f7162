package io.meseta.master.rendering;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.ReaderLimit;
import io.meseta.master.doors.Sight;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.Viewers;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers exchanges with renderings of the cluster's newest state.
public final class FullAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(FullAnswers.class);

    private final Renderer renderer;
    private final ReaderLimit readers;
    private final Viewers viewers;

    public FullAnswers(Renderer renderer, ReaderLimit readers, Viewers viewers) {
        this.renderer = renderer;
        this.readers = readers;
        this.viewers = viewers;
    }

    /// Prints what a caller may see of a state.
    @FunctionalInterface
    public interface Document {
        void print(ClusterView view, OutputStream out) throws IOException;
    }

    /// What makes two answers the same, the state aside.
    private record Key(
            Object reign,
            Optional<Sight.Elsewhere> elsewhere,
            Object document,
            Format format,
            Object audience,
            boolean isZipped) {}

    /// Answers with the document, compressed if that is welcome, or with 503 if too many want to
    /// read.
    ///
    /// @param name says which document it is, with all that it depends on but the state
    public void answer(
            Exchange exchange, Sight sight, Object name, Format format, Document document)
            throws IOException {
        var framing = Exchange.Framing.of(exchange, format);
        if (framing.isEmpty()) return;
        readers.within(
                exchange,
                () -> {
                    var visibility = viewers.of(exchange.request());
                    boolean isZipped = framing.get().isZipped();
                    var key =
                            new Key(
                                    sight.reign(),
                                    sight.elsewhere(),
                                    name,
                                    format,
                                    visibility.audience(),
                                    isZipped);
                    var reading =
                            renderer.<Cluster>read(
                                    key,
                                    sight.newest(),
                                    (cluster, out) ->
                                            print(
                                                    document,
                                                    new ClusterView(cluster, visibility),
                                                    out,
                                                    isZipped));
                    if (reading.isEmpty())
                        exchange.unavailable("Too much of the cluster is being read at once");
                    else answer(exchange, framing.get(), reading.get());
                });
    }

    private static void print(
            Document document, ClusterView view, OutputStream out, boolean isZipped)
            throws IOException {
        if (!isZipped) {
            document.print(view, out);
            return;
        }
        try (var zip = new GZIPOutputStream(out, Spool.CHUNK_BYTES)) {
            document.print(view, zip);
        }
    }

    private static void answer(
            Exchange exchange, Exchange.Framing framing, Reading<Cluster> reading)
            throws IOException {
        try (reading) {
            if (hasBegun(exchange, reading))
                Courteous.run("full-answer", () -> framing.send(exchange, reading.rest()));
        }
    }

    private static boolean hasBegun(Exchange exchange, Reading<Cluster> reading)
            throws IOException {
        try {
            reading.state();
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            exchange.unavailable("This master is stopping");
        } catch (IOException failed) {
            LOG.atWarn().setCause(failed).log("An answer could not be rendered");
            exchange.unavailable("The state of the cluster could not be shown");
        }
        return false;
    }
}
