package io.meseta.runtime.oci;

import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.host.Flaw;
import io.meseta.runtime.host.KnownFlaws;
import io.meseta.runtime.host.Program;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.Limits;
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.runtime.state.RuntimeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came of trying runtimes on this machine.
///
/// @param monitor whether it is there, and has no flaw that matters
/// @param all the runtimes in the order of preference, up to the first that works
public record Trials(Candidate monitor, List<Candidate> all, RuntimeSettings settings) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A program and what speaks against it.
    ///
    /// @param program null: it is not installed
    /// @param trouble empty: it works
    public record Candidate(
            String name, @Nullable Program program, List<Flaw> flaws, String trouble) {

        public Candidate {
            flaws = List.copyOf(flaws);
        }

        public boolean works() {
            return trouble.isEmpty();
        }
    }

    public Trials {
        all = List.copyOf(all);
    }

    /// Tries the runtimes of `settings` until one works.
    public static Trials of(RuntimeSettings settings) throws InterruptedException {
        var monitor = looked(settings.monitor(), settings);
        var all = new ArrayList<Candidate>();
        for (var name : settings.runtimes()) {
            var candidate = looked(name, settings);
            var tried = candidate.works() ? tried(candidate, monitor, settings) : candidate;
            all.add(tried);
            if (tried.works()) break;
        }
        return new Trials(monitor, all, settings);
    }

    /// The tools that work; empty: none do.
    Optional<OciTools> chosen() {
        return all.stream()
                .filter(Candidate::works)
                .findFirst()
                .flatMap(runtime -> tools(runtime, monitor, settings, settings.directory()))
                .map(tools -> tools.mounting(settings.roots()));
    }

    /// Why none works, for people.
    public String summary() {
        var reasons =
                all.stream()
                        .map(each -> each.name() + ": " + each.trouble())
                        .collect(Collectors.joining("; "));
        return "no runtime for containers works on this machine: " + reasons;
    }

    private static Candidate looked(String name, RuntimeSettings settings)
            throws InterruptedException {
        var program = Program.find(name);
        if (program.isEmpty()) return new Candidate(name, null, List.of(), "not installed");
        var flaws =
                KnownFlaws.of(program.get()).stream()
                        .filter(flaw -> !settings.acceptedFlaws().contains(flaw.id()))
                        .toList();
        var refused =
                flaws.stream()
                        .filter(Flaw::matters)
                        .map(flaw -> "%s (%s)".formatted(flaw.id(), flaw.what()))
                        .collect(Collectors.joining(", "));
        var trouble = refused.isEmpty() ? "" : "%s has %s".formatted(program.get(), refused);
        return new Candidate(name, program.get(), flaws, trouble);
    }

    private static Candidate tried(Candidate runtime, Candidate monitor, RuntimeSettings settings)
            throws InterruptedException {
        var trouble =
                monitor.works()
                        ? trouble(runtime, monitor, settings)
                        : "%s is needed beside it: %s".formatted(monitor.name(), monitor.trouble());
        return new Candidate(runtime.name(), runtime.program(), runtime.flaws(), trouble);
    }

    private static Optional<OciTools> tools(
            Candidate runtime, Candidate monitor, RuntimeSettings settings, Path home) {
        if (monitor.program() == null || runtime.program() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new OciTools(
                        runtime.program(),
                        monitor.program(),
                        home,
                        home.resolve("roots"),
                        settings.patience()));
    }

    /// Really runs a container, with limits, and removes it; empty if all went well.
    private static String trouble(Candidate runtime, Candidate monitor, RuntimeSettings settings)
            throws InterruptedException {
        var home = settings.directory().resolve("trial-" + ProcessHandle.current().pid());
        var tools = tools(runtime, monitor, settings, home);
        if (tools.isEmpty()) return "not installed";
        var id = new ContainerId("trial-" + ProcessHandle.current().pid());
        try (var tried = new OciRuntime(tools.get(), settings.cgroupParent(), _ -> {})) {
            var root = Files.createDirectories(home.resolve("root"));
            try {
                tried.launch(id, plan(root));
                var end = tried.await(id, PATIENCE);
                var isGood = end.filter(new ContainerEnd.Exited(0, false)::equals).isPresent();
                return isGood ? "" : "a container in which nothing is done ended: " + end;
            } finally {
                tried.destroy(id);
            }
        } catch (RuntimeFault fault) {
            return String.valueOf(fault.getMessage());
        } catch (IOException failure) {
            return "%s can't be written to".formatted(settings.directory());
        } finally {
            remove(home);
        }
    }

    /// The machine's programs, read-only: `true` is everywhere.
    private static ContainerPlan plan(Path root) {
        var mounts = new ArrayList<Mount>();
        for (var name : List.of("/usr", "/bin", "/lib", "/lib64")) {
            if (Files.isDirectory(Path.of(name))) {
                mounts.add(Mount.Bind.of(Path.of(name), name, true));
            }
        }
        return ContainerPlan.of(RootFiles.of(new Root.Directory(root)), ContainerProcess.of("true"))
                .mounting(mounts)
                .within(limits());
    }

    private static Limits limits() {
        return Limits.NONE
                .with(Limits.Memory.atMost(64 << 20))
                .with(Limits.Cpu.NONE.weighing(100).atMost(1000))
                .withProcesses(64);
    }

    /// Empty directories, as runtimes make them for mounts, and their own records; never anything
    /// with content, which would be somebody else's.
    private static void remove(Path home) {
        if (!Files.isDirectory(home)) return;
        try (var files = Files.walk(home)) {
            for (var each : files.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(each);
                }
            }
        } catch (IOException _) {
            // It is small, and lies where only containers' records lie.
        }
    }
}
