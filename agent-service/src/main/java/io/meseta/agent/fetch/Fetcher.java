package io.meseta.agent.fetch;

import io.meseta.agent.launch.Account;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Fetches a task's files into its sandbox, in their order.
public final class Fetcher {

    private static final List<String> HADOOP = List.of("hdfs", "hftp", "s3", "s3n", "s3a");

    /// How often what, since this agent began.
    ///
    /// @param succeeded tasks whose files all came
    /// @param cacheBytes what the cache takes now
    public record Figures(long succeeded, long failed, long cacheBytes, long cacheBytesMax) {}

    private final FetchSettings settings;
    private final FetchCache cache;
    private final Download download;
    private final ForeignRead foreign;
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /// Begins with an empty cache.
    public Fetcher(FetchSettings settings) {
        this.settings = settings;
        this.cache = new FetchCache(settings.cache(), settings.cacheBytesMax());
        this.download = new Download(settings.limits().stall());
        this.foreign = new ForeignRead(settings.limits().stall());
    }

    public Figures figures() {
        return new Figures(succeeded.get(), failed.get(), cache.bytes(), cache.bytesMax());
    }

    /// Fetches all items or throws a [FetchFailure] that names the one that failed.
    ///
    /// @param reserved names in the sandbox that no item may take
    /// @param reader whose rights local files are read with; empty for the agent's own
    public void fetch(
            List<FetchItem> items, Path sandbox, List<String> reserved, Optional<Account> reader)
            throws InterruptedException {
        if (items.isEmpty()) return;
        var directory = new SafeDirectory(sandbox, reserved);
        var budget = new Budget(settings.limits());
        for (var item : items) {
            try {
                if (!item.isCached() || !isFromCache(item, directory, budget, reader))
                    fetch(item, directory, budget, reader);
            } catch (IOException | FetchFailure failure) {
                failed.incrementAndGet();
                if (Thread.interrupted()) throw new InterruptedException();
                throw new FetchFailure("Failed to fetch '" + item.uri() + "'", failure);
            }
        }
        succeeded.incrementAndGet();
    }

    /// An archive is taken apart from where the cache has it, and does not lie in the sandbox, as
    /// in Mesos.
    private boolean isFromCache(
            FetchItem item, SafeDirectory directory, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        var key = new FetchCache.Key(reader.map(Account::name).orElse(""), item.uri());
        return cache.with(
                key,
                out -> copyChecked(item.uri(), out, new Budget(settings.limits()), reader),
                file -> {
                    var name = nameOf(item);
                    if (!item.isExecutable() && item.isExtracted() && isArchive(item, name)) {
                        extract(item, name, file, directory, budget);
                        return;
                    }
                    try (var in = Files.newInputStream(file);
                            var out = directory.create(name)) {
                        budget.copy(in, out);
                    }
                    directory.permit(name, item.isExecutable() ? 0755 : 0644);
                });
    }

    private void fetch(
            FetchItem item, SafeDirectory directory, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        var name = nameOf(item);
        try (var out = directory.create(name)) {
            copyChecked(item.uri(), out, budget, reader);
        }
        if (item.isExecutable()) {
            directory.permit(name, 0755);
            return;
        }
        directory.permit(name, 0644);
        if (item.isExtracted() && isArchive(item, name))
            extract(item, name, directory.existing(name), directory, budget);
    }

    private static String nameOf(FetchItem item) {
        var uri = Checksum.without(item.uri());
        return item.outputFile().isEmpty() ? lastPart(uri) : item.outputFile();
    }

    private static boolean isArchive(FetchItem item, String name) {
        return Archives.isArchive(archiveName(item, name));
    }

    /// By the URI's name, as Mesos does: an output file may be called anything.
    private static String archiveName(FetchItem item, String name) {
        return Archives.isArchive(name) ? name : lastPart(Checksum.without(item.uri()));
    }

    private static void extract(
            FetchItem item, String name, Path file, SafeDirectory directory, Budget budget) {
        try {
            Archives.extract(file, archiveName(item, name), directory, budget);
        } catch (IOException failure) {
            throw new FetchFailure("can't extract '" + name + "'", failure);
        }
    }

    private void copyChecked(String uri, OutputStream out, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        var checksum = Checksum.of(uri);
        if (checksum.isEmpty()) {
            copy(uri, out, budget, reader);
            return;
        }
        // Whoever opened `out` closes it.
        var counted = checksum.get().over(out);
        copy(Checksum.without(uri), counted, budget, reader);
        counted.flush();
        counted.check();
    }

    private void copy(String uri, OutputStream out, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        switch (scheme(uri)) {
            case "http", "https" -> download.get(parse(uri), out, budget);
            case "file" -> copyLocal(localPath(uri), out, budget, reader);
            case "" -> {
                if (!uri.startsWith("/")) {
                    throw new FetchFailure("a relative path needs a directory that it starts from");
                }
                copyLocal(Path.of(uri), out, budget, reader);
            }
            default -> {
                if (!HADOOP.contains(scheme(uri)))
                    throw new FetchFailure("scheme '" + scheme(uri) + "' is not supported");
                copyFromHadoop(uri, out, budget, reader);
            }
        }
    }

    /// A task may fetch what its user may read, and no more: the agent itself may read everything.
    private void copyLocal(Path path, OutputStream out, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        if (reader.isEmpty()) {
            if (!Files.isRegularFile(path)) throw new FetchFailure("no such file");
            try (var in = Files.newInputStream(path)) {
                budget.copy(in, out);
            }
            return;
        }
        if (!foreign.copy(List.of("cat", "--", path.toString()), out, budget, reader))
            throw new FetchFailure("no such file, or " + reader.get().name() + " may not read it");
    }

    private void copyFromHadoop(
            String uri, OutputStream out, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        var client = settings.hadoopClient();
        if (client.isEmpty())
            throw new FetchFailure(
                    "this agent has no Hadoop client (meseta.agent.tasks.fetch.hadoop-client)");
        if (!foreign.copy(List.of(client, "fs", "-cat", uri), out, budget, reader))
            throw new FetchFailure("the Hadoop client could not read it");
    }

    private static String scheme(String uri) {
        int end = uri.indexOf("://");
        return end < 0 ? "" : uri.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static Path localPath(String uri) {
        var path = uri.substring("file://".length());
        if (!path.startsWith("/")) {
            if (!path.startsWith("localhost/")) {
                throw new FetchFailure("a file URI names no other host than localhost");
            }
            path = path.substring("localhost".length());
        }
        return Path.of(path);
    }

    private static String lastPart(String uri) {
        var path = scheme(uri).startsWith("http") ? parse(uri).getPath() : uri;
        var name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty()) throw new FetchFailure("the URI ends without a file name");
        return name;
    }

    private static URI parse(String uri) {
        try {
            var parsed = new URI(uri);
            if (parsed.getHost() == null) throw new FetchFailure("the URI names no host");
            return parsed;
        } catch (URISyntaxException malformed) {
            throw new FetchFailure("malformed URI", malformed);
        }
    }
}
