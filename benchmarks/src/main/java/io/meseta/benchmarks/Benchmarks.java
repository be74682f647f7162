package io.meseta.benchmarks;

import io.meseta.benchmarks.connections.Connections;
import io.meseta.benchmarks.connections.InProcess;
import io.meseta.benchmarks.containers.ContainerFigures;
import io.meseta.benchmarks.freed.FreedResources;
import io.meseta.benchmarks.images.PullAndUnpack;
import io.meseta.benchmarks.mix.Mix;
import io.meseta.benchmarks.placements.Placements;
import io.meseta.benchmarks.recovery.Appends;
import io.meseta.benchmarks.recovery.Recovery;
import io.meseta.benchmarks.services.Options;
import io.meseta.benchmarks.takeover.Takeover;
import java.util.Arrays;
import java.util.Map;

/// The command: `bench NAME …` runs the program of that name; everything else is for JMH, such as
/// the name of a benchmark.
public final class Benchmarks {

    private static final Map<String, Program> PROGRAMS =
            Map.ofEntries(
                    Map.entry("appends", Appends::main),
                    Map.entry("connections", Connections::main),
                    Map.entry("containers", ContainerFigures::main),
                    Map.entry("freed", FreedResources::main),
                    Map.entry("images", PullAndUnpack::main),
                    Map.entry("in-process", InProcess::main),
                    Map.entry("mix", Mix::main),
                    Map.entry("placements", Placements::main),
                    Map.entry("readers", Placements::withReaders),
                    Map.entry("recovery", Recovery::main),
                    Map.entry("takeover", Takeover::main));

    private interface Program {
        void run(String... arguments) throws Exception;
    }

    private Benchmarks() {}

    public static void main(String... arguments) throws Exception {
        var program = arguments.length == 0 ? null : PROGRAMS.get(arguments[0]);
        if (program == null) {
            org.openjdk.jmh.Main.main(arguments);
            return;
        }
        try {
            program.run(Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (Options.Unclear misunderstood) {
            System.err.println(misunderstood.getMessage());
            System.exit(2);
        } catch (Exception failed) {
            failed.printStackTrace();
            // What still runs, such as the streams of pretended agents, has no end of its own.
            System.exit(1);
        }
    }
}
