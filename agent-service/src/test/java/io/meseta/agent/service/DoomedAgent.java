package io.meseta.agent.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.EventRequest;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// An agent in a process of its own that is killed in the middle of what it does: when a task
/// reaches a [Fatal] place, before it takes another step. A debugger stops it there, so there is
/// nothing in the agent for it.
final class DoomedAgent implements AutoCloseable {

    private static final int KILLED = 137;

    private final Process process;
    private final Path log;
    private final VirtualMachine machine;
    private final Fatal place;
    private final Duration later;
    private final Thread watcher = Thread.ofPlatform().name("doom").unstarted(this::watch);
    private boolean hasOrder;
    private volatile boolean isReached;
    private volatile @Nullable Throwable trouble;

    private DoomedAgent(
            Process process, Path log, VirtualMachine machine, Fatal place, Duration later) {
        this.process = process;
        this.log = log;
        this.machine = machine;
        this.place = place;
        this.later = later;
    }

    /// Starts it.
    ///
    /// @param later how long it goes on from the place; zero to end right there
    /// @param log where it writes what it says
    static DoomedAgent start(Fatal place, Duration later, Path log, List<String> arguments)
            throws Exception {
        var connector = connector();
        var terms = connector.defaultArguments();
        requireNonNull(terms.get("localAddress")).setValue("127.0.0.1");
        requireNonNull(terms.get("timeout")).setValue("60000");
        var address = connector.startListening(terms);
        var port = address.substring(address.lastIndexOf(':') + 1);
        var process = begin(port, log, arguments);
        try {
            var machine = connector.accept(terms);
            var doomed = new DoomedAgent(process, log, machine, place, later);
            doomed.await(Fatal.ORDER_HEARD);
            doomed.watcher.start();
            return doomed;
        } catch (IOException | IllegalConnectorArgumentsException failure) {
            process.destroyForcibly();
            throw failure;
        } finally {
            connector.stopListening(terms);
        }
    }

    private static ListeningConnector connector() {
        return Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
    }

    private static Process begin(String port, Path log, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(
                "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:" + port);
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("io.meseta.agent.AgentService");
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void watch() {
        try {
            while (!isReached) take(machine.eventQueue().remove());
        } catch (VMDisconnectedException ended) {
            trouble = ended;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError wrong) {
            trouble = wrong;
            process.destroyForcibly();
        }
    }

    private void take(EventSet events) {
        for (var event : events) {
            if (event instanceof ClassPrepareEvent prepared) {
                stopIn(prepared.referenceType(), waitedFor());
            } else if (event instanceof BreakpointEvent stopped) {
                reached(stopped);
                if (isReached) {
                    end(events);
                    return;
                }
            }
        }
        events.resume();
    }

    /// First an order, and from there on the place.
    private Fatal waitedFor() {
        return hasOrder ? place : Fatal.ORDER_HEARD;
    }

    private void reached(BreakpointEvent stopped) {
        if (hasOrder || place == Fatal.ORDER_HEARD) {
            isReached = true;
            return;
        }
        machine.eventRequestManager().deleteEventRequest(stopped.request());
        hasOrder = true;
        await(place);
    }

    private void end(EventSet events) {
        if (later.isPositive()) {
            events.resume();
            LockSupport.parkNanos(later.toNanos());
        }
        process.destroyForcibly();
    }

    private void await(Fatal next) {
        var known = machine.classesByName(next.type());
        if (!known.isEmpty()) {
            stopIn(known.getFirst(), next);
            return;
        }
        var request = machine.eventRequestManager().createClassPrepareRequest();
        request.addClassFilter(next.type());
        request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        request.enable();
    }

    private void stopIn(ReferenceType type, Fatal next) {
        var methods =
                type.methodsByName(next.method()).stream()
                        .filter(method -> !method.isAbstract() && !method.isBridge())
                        .toList();
        if (methods.isEmpty())
            throw new AssertionError(
                    "%s is no place any more: %s has no %s"
                            .formatted(next, type.name(), next.method()));
        for (Method method : methods) {
            var request = machine.eventRequestManager().createBreakpointRequest(method.location());
            request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
            if (next.visit() > 1) request.addCountFilter(next.visit());
            request.enable();
        }
    }

    /// Waits until it was killed, at its place and nowhere else.
    void awaitEnd() {
        Await.within(FakeMaster.LIMIT)
                .until("the agent to come to " + place, () -> !process.isAlive());
        assertThat(isReached)
                .as("%s is reached; else it ended of %s: %s", place, trouble, tail())
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
    }

    private String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException unreadable) {
            return Optional.ofNullable(unreadable.getMessage()).orElse("");
        }
    }

    /// For those that did not come to their place.
    @Override
    public void close() {
        process.destroyForcibly();
        watcher.interrupt();
    }
}
