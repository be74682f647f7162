package io.meseta.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command line as a process of its own, as a shell sees it.
final class MesetaProcess implements AutoCloseable {

    private static final int LIMIT_S = 40;

    private final Process process;
    private final Path out;
    private final Path err;

    private MesetaProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static MesetaProcess start(Path directory, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Meseta.class.getName());
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(directory, "out", "");
        var err = Files.createTempFile(directory, "err", "");
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().remove("MESETA_MASTER");
        builder.environment().remove("MESETA_GATEWAY");
        builder.environment().remove("MESETA_TOKEN");
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        return new MesetaProcess(builder.start(), out, err);
    }

    int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on: " + out() + err());
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
