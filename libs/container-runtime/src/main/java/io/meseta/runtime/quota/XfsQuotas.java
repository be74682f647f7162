package io.meseta.runtime.quota;

import io.meseta.runtime.host.Commands;
import io.meseta.runtime.host.Program;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Project quotas of XFS, by `xfs_quota(8)`.
public final class XfsQuotas implements DirectoryQuotas {

    private static final String PROGRAM = "xfs_quota";
    private static final String NONE = "/dev/null";
    private static final int BLOCK_BYTES = 1024;
    private static final Pattern SHARE =
            Pattern.compile("#([0-9]{1,10}) +([0-9]{1,15}) +[0-9]{1,15} +([0-9]{1,15}) .*");
    private static final Pattern ENFORCED =
            Pattern.compile("(?s).*Project quota state.*?Enforcement: ON.*");

    private final Path program;
    private final Path mount;
    private final Duration patience;

    private XfsQuotas(Path program, Path mount, Duration patience) {
        this.program = program;
        this.mount = mount;
        this.patience = patience;
    }

    /// What was found where a directory lies.
    public sealed interface Found {
        record Usable(XfsQuotas quotas) implements Found {}

        /// @param why for people
        record Unusable(String why) implements Found {}
    }

    /// Looks, by asking the file system, whether quotas of projects are kept.
    public static Found on(Path directory, Duration patience) throws InterruptedException {
        var lies = Mounted.holding(directory);
        if (lies.isEmpty()) return new Found.Unusable(directory + " is on no mount that is known");
        var mount = lies.get();
        if (!mount.type().equals("xfs"))
            return new Found.Unusable(
                    "%s is %s and not XFS".formatted(mount.point(), mount.type()));
        var program = Program.located(PROGRAM);
        if (program.isEmpty())
            return new Found.Unusable(PROGRAM + " is not installed (apt-get install xfsprogs)");
        var quotas = new XfsQuotas(program.get(), mount.point(), patience);
        var state = quotas.ask(mount.point(), List.of("state -p"));
        return ENFORCED.matcher(state).matches()
                ? new Found.Usable(quotas)
                : new Found.Unusable(mount.point() + " is mounted without prjquota");
    }

    /// A file system where it is mounted.
    private record Mounted(Path point, String type) {

        static Optional<Mounted> holding(Path directory) {
            try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
                var real = directory.toRealPath();
                // Of mounts on each other the last is seen.
                return lines.map(Mounted::read)
                        .filter(each -> real.startsWith(each.point()))
                        .reduce((one, other) -> longer(one, other) > 0 ? one : other);
            } catch (IOException _) {
                return Optional.empty();
            }
        }

        private static int longer(Mounted one, Mounted other) {
            return Comparator.comparingInt((Mounted each) -> each.point().getNameCount())
                    .compare(one, other);
        }

        private static Mounted read(String line) {
            var words = line.split(" ", -1);
            int dash = List.of(words).indexOf("-");
            var point = words[4].replace("\\040", " ").replace("\\134", "\\");
            return new Mounted(Path.of(point), words[dash + 1]);
        }
    }

    /// The program splits commands at blanks and quotes, so paths come by the directory in which it
    /// runs, and never in a command.
    private String ask(Path directory, List<String> commands) throws InterruptedException {
        var words = new ArrayList<>(List.of(program.toString(), "-x", "-D", NONE, "-P", NONE));
        for (var each : commands) words.addAll(List.of("-c", each));
        words.add(mount.toString());
        var outcome = Commands.run(patience, directory, words);
        if (outcome.isSuccess()) return outcome.output();
        throw new RuntimeFault(Kind.MACHINE, PROGRAM + " failed: " + outcome.output());
    }

    @Override
    public void begin(Path directory, long project, long hardBytes) throws InterruptedException {
        check(project);
        // Each by itself: what is about a path leaves the program with another file system in mind.
        var said = ask(directory, List.of("project -d 1 -s -p . " + project));
        ask(mount, List.of(limit(project, hardBytes)));
        var report = report();
        var share = read(report).get(project);
        // It tells of what went wrong, and ends well all the same.
        if (hardBytes > 0 && (share == null || share.hardBytes() < hardBytes))
            throw new RuntimeFault(
                    Kind.MACHINE,
                    "%s has no quota: %s; %s".formatted(directory, said.strip(), report.strip()));
    }

    @Override
    public void end(long project) throws InterruptedException {
        check(project);
        ask(mount, List.of(limit(project, 0)));
    }

    @Override
    public SortedMap<Long, Share> shares() throws InterruptedException {
        return read(report());
    }

    private String report() throws InterruptedException {
        return ask(mount, List.of("report -p -n -N -b"));
    }

    private static String limit(long project, long hardBytes) {
        return "limit -p bsoft=0 bhard=%s %s".formatted(hardBytes, project);
    }

    /// 0 is what belongs to no project.
    private static void check(long project) {
        if (project < 1 || project > 0xffff_fffeL)
            throw new IllegalArgumentException("no project: " + project);
    }

    private static SortedMap<Long, Share> read(String report) {
        var shares = new TreeMap<Long, Share>();
        for (var line : report.lines().toList()) {
            var share = SHARE.matcher(line.strip());
            if (!share.matches()) continue;
            shares.put(
                    Long.parseLong(share.group(1)),
                    new Share(
                            Long.parseLong(share.group(2)) * BLOCK_BYTES,
                            Long.parseLong(share.group(3)) * BLOCK_BYTES));
        }
        return shares;
    }
}
