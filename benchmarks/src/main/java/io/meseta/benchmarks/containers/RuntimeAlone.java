package io.meseta.benchmarks.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The OCI runtime without anything of ours: it is given the very order that a container of the
/// agent's was made by.
///
/// @param program the runtime that the agent has chosen
/// @param bundle with the order in it
record RuntimeAlone(Path program, Path bundle, Path state) {

    /// Takes the order of a container that runs.
    ///
    /// @param container where its `config.json` lies
    /// @param root in the place of its own, which goes with it
    static RuntimeAlone like(Path container, Path root, Path directory) throws IOException {
        var name = container.getFileName().toString();
        var record = Files.readString(container.resolve("record")).split("\\s", -1);
        var bundle = Files.createDirectories(directory.resolve("alone"));
        var order =
                Files.readString(container.resolve("config.json"))
                        .replace(container.resolve("root").toString(), root.toString())
                        .replace(
                                ContainerAgent.CGROUP + "/" + name,
                                ContainerAgent.CGROUP + "/alone");
        Files.writeString(bundle.resolve("config.json"), order);
        return new RuntimeAlone(Path.of(record[0]), bundle, directory.resolve("state"));
    }

    /// Nanoseconds for `create` and `start`.
    long createAndStart() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        call("create", "--bundle", bundle.toString(), "alone");
        call("start", "alone");
        long nanos = System.nanoTime() - begun;
        call("delete", "--force", "alone");
        return nanos;
    }

    private void call(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.addAll(List.of(program.toString(), "--root", state.toString()));
        command.addAll(List.of(words));
        Tool.run(command);
    }
}
