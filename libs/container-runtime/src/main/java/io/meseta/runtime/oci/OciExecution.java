package io.meseta.runtime.oci;

import io.meseta.runtime.Execution;
import io.meseta.runtime.plan.ContainerProcess.Terminal;
import io.meseta.runtime.plan.ExecPlan;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A process that the runtime starts in a container and waits for, on pipes; with a
/// [PseudoTerminal] in between if it wants one.
final class OciExecution implements Execution {

    private static final AtomicLong COUNT = new AtomicLong();

    /// How long the runtime may take to say which process it has started.
    private static final Duration NUMBER_MAX = Duration.ofSeconds(5);

    private static final Duration STEP = Duration.ofMillis(5);

    private final Process process;
    private final Path order;
    private final Path number;
    private final boolean hasTerminal;

    private OciExecution(Process process, Path order, Path number, boolean hasTerminal) {
        this.process = process;
        this.order = order;
        this.number = number;
        this.hasTerminal = hasTerminal;
    }

    static OciExecution start(OciTools tools, Bundle bundle, ExecPlan plan) {
        try {
            // In the bundle, so that they go with the container after a crash.
            var name = "exec-" + COUNT.incrementAndGet() + "-" + ProcessHandle.current().pid();
            var order = bundle.file(name + ".json");
            Files.writeString(order, OciConfig.process(plan.process(), plan.privileges()));
            var number = bundle.file(name + ".pid");
            var command =
                    new ArrayList<>(
                            tools.command("--log", bundle.file("runtime.log").toString(), "exec"));
            command.addAll(List.of("--process", order.toString()));
            command.addAll(List.of("--pid-file", number.toString()));
            command.add(bundle.id().value());
            var terminal = plan.process().terminal();
            var builder =
                    terminal == null
                            ? new ProcessBuilder(command)
                            : PseudoTerminal.around(command, terminal);
            return new OciExecution(builder.start(), order, number, terminal != null);
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "the runtime can't be started", failure);
        }
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public InputStream error() {
        return process.getErrorStream();
    }

    @Override
    public Optional<ContainerEnd> await(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) return Optional.empty();
        return Optional.of(ContainerEnd.ofShellCode(process.exitValue(), false));
    }

    @Override
    public void signal(int signal) {
        if (signal < 1 || signal > 64) throw new IllegalArgumentException("no signal: " + signal);
        // The runtime passes on what it gets itself, but for what nobody can pass on.
        inner().filter(_ -> process.isAlive()).ifPresent(pid -> send(pid, signal));
    }

    private static void send(long pid, int signal) {
        try {
            var sent = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
            sent.getOutputStream().close();
            if (!sent.waitFor(5, TimeUnit.SECONDS)) sent.destroyForcibly();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "no signal can be sent", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Long> inner() {
        try {
            var text = Files.readString(number).strip();
            return text.matches("[0-9]{1,9}")
                    ? Optional.of(Long.parseLong(text))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Optional<Long> innerSoon() {
        long deadline = System.nanoTime() + NUMBER_MAX.toNanos();
        var number = inner();
        while (number.isEmpty() && process.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(STEP.toNanos());
            number = inner();
        }
        return number;
    }

    @Override
    public void resize(int columns, int rows) {
        if (!hasTerminal) return;
        var terminal = new Terminal(columns, rows);
        PseudoTerminal.resize(process, terminal);
        // Not every runtime passes that on.
        inner().ifPresent(pid -> PseudoTerminal.resize("/proc/" + pid + "/fd/0", terminal));
    }

    /// The runtime is the parent of what it has started, and should hear of its end.
    private boolean endsSoon() {
        try {
            return process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            // The runtime alone would leave what it has started, which may be at work before the
            // runtime has said its number.
            innerSoon().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
            if (!endsSoon()) process.destroyForcibly();
        }
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It no longer reads.
        }
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
            Files.deleteIfExists(order);
            Files.deleteIfExists(number);
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, order + " can't be removed", failure);
        }
    }
}
