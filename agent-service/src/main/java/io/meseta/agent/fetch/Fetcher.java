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

/// Fetches a task's files into its sandbox, in their order.
public final class Fetcher {

    private final FetchLimits limits;
    private final Download download;

    public Fetcher(FetchLimits limits) {
        this.limits = limits;
        this.download = new Download(limits.stall());
    }

    /// Fetches all items or throws a [FetchFailure] that names the one that failed.
    ///
    /// @param reserved names in the sandbox that no item may take
    /// @param reader whose rights local files are read with; empty for the agent's own
    public void fetch(
            List<FetchItem> items, Path sandbox, List<String> reserved, Optional<Account> reader)
            throws InterruptedException {
        var directory = new SafeDirectory(sandbox, reserved);
        var budget = new Budget(limits);
        for (var item : items) {
            try {
                fetch(item, directory, budget, reader);
            } catch (IOException | FetchFailure failure) {
                if (Thread.interrupted()) throw new InterruptedException();
                throw new FetchFailure("Failed to fetch '" + item.uri() + "'", failure);
            }
        }
    }

    private void fetch(
            FetchItem item, SafeDirectory directory, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        var name = item.outputFile().isEmpty() ? lastPart(item.uri()) : item.outputFile();
        try (var out = directory.create(name)) {
            copy(item.uri(), out, budget, reader);
        }
        if (item.isExecutable()) {
            directory.permit(name, 0755);
        } else {
            directory.permit(name, 0644);
            // By the URI's name, as Mesos does: an output file may be called anything.
            if (item.isExtracted()) extract(item, name, directory, budget);
        }
    }

    private static void extract(FetchItem item, String name, SafeDirectory directory, Budget budget)
            throws IOException {
        var known = Archives.isArchive(name) ? name : lastPart(item.uri());
        if (!Archives.isArchive(known)) return;
        try {
            Archives.extract(directory.existing(name), known, directory, budget);
        } catch (IOException failure) {
            throw new FetchFailure("can't extract '" + name + "'", failure);
        }
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
            default -> throw new FetchFailure("scheme '" + scheme(uri) + "' is not supported");
        }
    }

    /// A task may fetch what its user may read, and no more: the agent itself may read everything.
    private static void copyLocal(
            Path path, OutputStream out, Budget budget, Optional<Account> reader)
            throws IOException, InterruptedException {
        if (reader.isEmpty()) {
            if (!Files.isRegularFile(path)) throw new FetchFailure("no such file");
            try (var in = Files.newInputStream(path)) {
                budget.copy(in, out);
            }
            return;
        }
        var account = reader.get();
        var cat =
                new ProcessBuilder(
                                "setpriv",
                                "--reuid=" + account.uid(),
                                "--regid=" + account.gid(),
                                "--init-groups",
                                "--",
                                "cat",
                                "--",
                                path.toString())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var in = cat.getInputStream()) {
            budget.copy(in, out);
            if (cat.waitFor() != 0) {
                throw new FetchFailure("no such file, or " + account.name() + " may not read it");
            }
        } finally {
            cat.destroyForcibly();
        }
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
