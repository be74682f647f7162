package io.meseta.launcher.doctor;

import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.doctor.Finding;
import io.meseta.runtime.doctor.HostReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says what this machine can and can't do for containers, and the one command that would mend it.
@Command(
        name = "doctor",
        description = {
            "Says what this machine can and can't do for containers, and what would mend it.",
            "Exits with 0 where containers can be run, 1 where they can't."
        },
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    private static final int UNABLE = 1;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the cluster's data would lie (default: .meseta beside ./meseta).")
    private Path data = Path.of(System.getProperty("meseta.data", "."));

    public DoctorCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        var report = look();
        var findings = new ArrayList<>(report.findings());
        findings.removeIf(finding -> finding.topic().equals(HostFeatures.KERNEL));
        findings.addAll(HostFeatures.of(new HostFiles(Path.of("/")), data.toAbsolutePath()));
        print(findings, report, spec.commandLine().getOut());
        return report.isAble() ? 0 : UNABLE;
    }

    /// In a directory of its own, which is empty again afterwards. What is not empty stays: it is
    /// somebody else's, or still mounted.
    private static HostReport look() throws InterruptedException {
        try {
            var run = Path.of("/run");
            var directory =
                    Files.isWritable(run)
                            ? Files.createTempDirectory(run, "meseta-doctor-")
                            : Files.createTempDirectory("meseta-doctor-");
            try {
                return HostReport.of(RuntimeSettings.in(directory));
            } finally {
                removeIfEmpty(directory);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("no directory can be made to try in", failure);
        }
    }

    private static void removeIfEmpty(Path directory) {
        try {
            Files.delete(directory);
        } catch (IOException _) {
            // It says by its name whose it is.
            return;
        }
    }

    static void print(List<Finding> findings, HostReport report, PrintWriter out) {
        for (var finding : findings) {
            out.printf("%-6s %-10s %s%n", word(finding), finding.topic(), finding.text());
            var remedy = finding.remedy();
            if (remedy != null) out.printf("%-17s to mend it: %s%n", "", remedy);
        }
        out.println();
        if (report.isAble()) {
            out.println("This machine can run containers.");
        } else {
            out.println("This machine can't run containers.");
            report.remedy()
                    .ifPresent(remedy -> out.println("This would mend it, as root:\n  " + remedy));
        }
        out.flush();
    }

    private static String word(Finding finding) {
        return switch (finding.weight()) {
            case GOOD -> "ok";
            case LIMIT -> "limit";
            case FATAL -> "FATAL";
        };
    }
}
