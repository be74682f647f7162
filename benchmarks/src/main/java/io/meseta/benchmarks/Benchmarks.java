package io.meseta.benchmarks;

import io.meseta.benchmarks.containers.ContainerFigures;
import io.meseta.benchmarks.images.PullAndUnpack;
import io.meseta.benchmarks.placements.Placements;
import io.meseta.benchmarks.recovery.Appends;
import java.util.Arrays;

/// The command: `bench placements …` puts a running cluster under load, `bench images` pulls an
/// image, `bench containers …` runs them through an agent, `bench appends` writes a journal;
/// everything else is for JMH, such as the name of a benchmark.
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String... arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("placements"))
            Placements.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        else if (arguments.length > 0 && arguments[0].equals("images"))
            PullAndUnpack.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        else if (arguments.length > 0 && arguments[0].equals("containers"))
            ContainerFigures.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        else if (arguments.length > 0 && arguments[0].equals("appends"))
            Appends.main(Arrays.copyOfRange(arguments, 1, arguments.length));
        else org.openjdk.jmh.Main.main(arguments);
    }
}
