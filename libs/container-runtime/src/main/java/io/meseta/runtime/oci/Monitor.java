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

    /// What one monitor's shell does in its bundle; `order` sets the variables and the monitor's
    /// words.
    ///
    /// It gives the container its outputs, waits for a line of ours (descriptor 4) when it is ready
    /// to make the container, and answers by descriptor 3. It stays until it has the answer, since
    /// the monitor itself forks and ends at once. At another line it lets the runtime start the
    /// container. Its input is opened anew, to be read alone: so it ends with us. A second one in
    /// the same bundle ends at once.
    ///
    /// What comes from a terminal the monitor writes as lines of `STAMP stdout F TEXT`, or `P`
    /// where no line ends. A part of the shell stays beside it, undoes that, and only then lets the
    /// end be known.
    static final String SCRIPT =
            """
            cd "$1" || exit
            set -C
            { true >begun; } 2>/dev/null || exit
            set +C
            exec <ask
            . ./order
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
                printf '%s\\n' "$answer"
            }
            read -r act && [ "$act" = start ] || exit
            "$runtime" --root "$state" --log="$log" --log-format=json start "$id" </dev/null >said 2>&1
            echo $?
            """;

    private final OciTools tools;
    private final Bundle bundle;

    Monitor(OciTools tools, Bundle bundle) {
        this.tools = tools;
        this.bundle = bundle;
    }

    /// Begins a monitor that will create the container when it is told to.
    Creation begin(ContainerPlan plan, MonitorHost host) {
        if (plan.process().terminal() != null) bundle.makeOwnExits();
        bundle.write("order", order(plan));
        return Creation.begin(bundle, tools.patience(), host);
    }

    private String order(ContainerPlan plan) {
        var hasTerminal = plan.process().terminal() != null;
        var text = new StringBuilder();
        set(text, "out", made(plan.output().output()));
        set(text, "err", made(plan.output().error()));
        set(text, "exits", hasTerminal ? bundle.exits().toString() : "");
        set(text, "id", bundle.id().value());
        set(text, "runtime", tools.runtime().path().toString());
        set(text, "state", tools.state().toString());
        set(text, "log", log().toString());
        text.append("set --");
        for (var word : words(hasTerminal)) text.append(' ').append(quoted(word));
        return text.append('\n').toString();
    }

    private static void set(StringBuilder text, String name, String value) {
        text.append(name).append('=').append(quoted(value)).append('\n');
    }

    /// Inside single quotes nothing is special but the single quote.
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private List<String> words(boolean hasTerminal) {
        var id = bundle.id().value();
        var words = new ArrayList<>(List.of(tools.monitor().path().toString()));
        words.addAll(List.of("--api-version", "1", "-c", id, "-u", id, "-n", id));
        words.addAll(List.of("-r", tools.runtime().path().toString()));
        words.addAll(List.of("-b", bundle.directory().toString()));
        words.addAll(List.of("-p", bundle.file("pid").toString()));
        words.addAll(List.of("-P", bundle.file("monitor").toString()));
        if (hasTerminal) {
            words.addAll(List.of("--terminal", "--full-attach"));
            words.addAll(List.of("--exit-dir", bundle.ownExits().toString()));
            words.addAll(List.of("--log-path", "k8s-file:" + bundle.file("lines")));
        } else {
            words.addAll(List.of("--exit-dir", bundle.exits().toString()));
            words.addAll(List.of("--log-path", "passthrough:"));
        }
        words.add("--no-new-keyring");
        words.add("--runtime-arg=--root=" + tools.state());
        words.add("--runtime-arg=--log=" + log());
        words.add("--runtime-arg=--log-format=json");
        return words;
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
