package io.meseta.benchmarks.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// How much of its heap another JVM still needs, by `jcmd`.
final class HeapSize {

    /// Such as `Total 123456 7890123`: instances and bytes of what is reachable.
    private static final Pattern TOTAL = Pattern.compile("Total\\s+[0-9]+\\s+([0-9]+)");

    private static final long LIMIT_SECONDS = 120;

    private HeapSize() {}

    /// @throws IOException if there is no `jcmd`, or it does not say
    static long liveBytes(ProcessHandle process) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var pid = Long.toString(process.pid());
        var asked =
                new ProcessBuilder(jcmd, pid, "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        var said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!asked.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) asked.destroyForcibly();
        var total = TOTAL.matcher(said);
        if (!total.find()) throw new IOException("jcmd does not say how large the heap is");
        return Long.parseLong(total.group(1));
    }
}
