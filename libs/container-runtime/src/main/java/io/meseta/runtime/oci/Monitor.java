package io.meseta.runtime.oci;

import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts `conmon`, which makes a container by the runtime, stays its parent, and writes down what
/// it ended with. It belongs to nobody once it runs.
final class Monitor {

    private static final String NOWHERE = "/dev/null";

    /// Moves itself into the monitors' groups, gives its standard streams to the container, waits
    /// for a line of ours (descriptor 4) when it is ready to make the container, and answers by
    /// descriptor 3. Paths come as variables, so that nothing is ever quoted. The shell stays until
    /// it has the answer: the monitor itself forks and ends at once, and with a process the JDK
    /// closes its streams. At another line it becomes the runtime, which starts the container: a
    /// process of this JVM for that would take as long as the start itself.
    ///
    /// What comes from a terminal the monitor writes as lines of `STAMP stdout F TEXT`, or `P`
    /// where no line ends. A part of the shell stays beside it, undoes that, and only then lets the
    /// end be known.
    private static final String SCRIPT =
            """
            for group in $MESETA_GROUPS; do echo 0 > "$group" 2>/dev/null || :; done
            out=$MESETA_OUT err=$MESETA_ERR exits=$MESETA_EXITS id=$MESETA_ID
            runtime=$MESETA_RUNTIME state=$MESETA_STATE log=$MESETA_LOG
            unset MESETA_GROUPS MESETA_OUT MESETA_ERR MESETA_EXITS MESETA_ID
            unset MESETA_RUNTIME MESETA_STATE MESETA_LOG
            if [ -n "$exits" ]; then
                mkfifo -m 600 lines || exit
                {
                    read -r pid rest </proc/self/stat
                    echo "$pid" >transcript
                    trap '' HUP INT QUIT
                    while IFS= read -r line; do
                        text=${line#* * [PF] }
                        case ${line%"$text"} in
                            *"F ") printf '%s\\n' "$text" ;;
                            *) printf %s "$text" ;;
                        esac
                    done <lines
                    mv exit/* "$exits"/
                } </dev/null >>"$out" 2>/dev/null &
                out=/dev/null err=/dev/null
            fi
            {
                _OCI_SYNCPIPE=3 _OCI_STARTPIPE=4 "$@" 3>&1 4<&0 </dev/null >>"$out" 2>>"$err"
            } | {
                read -r answer
                printf '%s\n' "$answer"
            }
            read -r go || exit
            exec "$runtime" --root "$state" --log="$log" --log-format=json start "$id" 2>&1
            """;

    private final OciTools tools;
    private final Bundle bundle;

    Monitor(OciTools tools, Bundle bundle) {
        this.tools = tools;
        this.bundle = bundle;
    }

    /// Starts a monitor that will create the container when it is told to.
    ///
    /// @param groups files to write a process' number to
    Creation begin(ContainerPlan plan, List<Path> groups) {
        return Creation.of(bundle, tools.patience(), () -> begun(plan, groups));
    }

    private Process begun(ContainerPlan plan, List<Path> groups) {
        if (plan.process().terminal() != null) bundle.makeOwnExits();
        var builder = new ProcessBuilder(command(plan)).directory(bundle.directory().toFile());
        var environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("MESETA_ID", bundle.id().value());
        environment.put("MESETA_RUNTIME", tools.runtime().path().toString());
        environment.put("MESETA_STATE", tools.state().toString());
        environment.put("MESETA_LOG", log().toString());
        environment.put(
                "MESETA_GROUPS", String.join(" ", groups.stream().map(Path::toString).toList()));
        environment.put("MESETA_OUT", made(plan.output().output()));
        environment.put("MESETA_ERR", made(plan.output().error()));
        var hasTerminal = plan.process().terminal() != null;
        environment.put("MESETA_EXITS", hasTerminal ? bundle.exits().toString() : "");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "no monitor can be started", failure);
        }
    }

    private List<String> command(ContainerPlan plan) {
        var id = bundle.id().value();
        var command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        command.addAll(List.of(tools.monitor().path().toString(), "--api-version", "1"));
        command.addAll(List.of("-c", id, "-u", id, "-n", id));
        command.addAll(List.of("-r", tools.runtime().path().toString()));
        command.addAll(List.of("-b", bundle.directory().toString()));
        command.addAll(List.of("-p", bundle.file("pid").toString()));
        command.addAll(List.of("-P", bundle.file("monitor").toString()));
        if (plan.process().terminal() == null) {
            command.addAll(List.of("--exit-dir", bundle.exits().toString()));
            command.addAll(List.of("--log-path", "passthrough:"));
        } else {
            command.addAll(List.of("--terminal", "--full-attach"));
            command.addAll(List.of("--exit-dir", bundle.ownExits().toString()));
            command.addAll(List.of("--log-path", "k8s-file:" + bundle.file("lines")));
        }
        command.add("--no-new-keyring");
        command.add("--runtime-arg=--root=" + tools.state());
        command.add("--runtime-arg=--log=" + log());
        command.add("--runtime-arg=--log-format=json");
        return command;
    }

    private static String made(@Nullable Path file) {
        if (file == null) return NOWHERE;
        try {
            if (!Files.exists(file)) Files.createFile(file);
            return file.toString();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "the output can't be written to " + file, failure);
        }
    }

    private Path log() {
        return bundle.file("runtime.log");
    }
}
