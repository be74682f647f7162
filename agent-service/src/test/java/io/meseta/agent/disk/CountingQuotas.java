package io.meseta.agent.disk;

import io.meseta.runtime.quota.DirectoryQuotas;
import io.meseta.runtime.state.RuntimeFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// Quotas that count what lies in directories, and keep nobody from writing.
final class CountingQuotas implements DirectoryQuotas {

    private final SortedMap<Long, Path> directories = new TreeMap<>();
    private final SortedMap<Long, Long> limits = new TreeMap<>();
    private boolean isBroken;

    void breakDown() {
        isBroken = true;
    }

    private void check() {
        if (isBroken) throw new RuntimeFault(RuntimeFault.Kind.MACHINE, "the disk is gone");
    }

    @Override
    public void begin(Path directory, long project, long hardBytes) {
        check();
        directories.put(project, directory);
        limits.put(project, hardBytes);
    }

    @Override
    public void end(long project) {
        check();
        limits.remove(project);
    }

    @Override
    public SortedMap<Long, Share> shares() {
        check();
        var shares = new TreeMap<Long, Share>();
        directories.forEach((project, directory) ->
                shares.put(project, new Share(bytes(directory), limits.getOrDefault(project, 0L))));
        return shares;
    }

    private static long bytes(Path directory) {
        if (!Files.exists(directory)) return 0;
        try {
            return DiskUsage.of(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
