package io.meseta.testkit.fuzz;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// One parser at the edge, fed with hostile bytes.
///
/// In the build it gets the inputs that were kept in `src/test/resources/fuzz/NAME` (each once
/// broke it), its seeds as they are, and so many that chance has made of seeds. `./meseta fuzz
/// NAME` hands the same class to Jazzer, which calls its `fuzzerInitialize()` and then, without
/// end, `fuzzerTestOneInput(byte[])`.
public final class Fuzz {

    /// The directory into which seeds are laid out before a fuzzer starts.
    public static final String CORPUS = "meseta.fuzz.corpus";

    /// How many rounds a build runs, in place of the number that the test says.
    public static final String ROUNDS = "meseta.fuzz.rounds";

    /// No input may take longer, on however busy a machine.
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    private static final int SEEDS_MIN = 50;

    private final String name;
    private final Target target;
    private final Supplier<List<byte[]>> seeds;

    private Fuzz(String name, Target target, Supplier<List<byte[]>> seeds) {
        this.name = name;
        this.target = target;
        this.seeds = seeds;
    }

    /// Takes the bytes, and either makes sense of them or refuses them in the way it documents.
    /// Whatever it throws is a finding.
    @FunctionalInterface
    public interface Target {
        void take(byte[] input) throws Exception;
    }

    /// @param owner the test class, by whose name its kept inputs are found
    /// @param seeds what chance begins with; asked for once, and only when it is needed
    public static Fuzz of(Class<?> owner, Target target, Supplier<List<byte[]>> seeds) {
        return new Fuzz(owner.getSimpleName(), target, seeds);
    }

    /// For targets that make all of any bytes, so that chance needs nothing to begin with.
    public static Fuzz of(Class<?> owner, Target target) {
        return of(owner, target, List::of);
    }

    /// What every build runs: kept inputs, seeds, and a bounded number of changed ones.
    public Stream<DynamicTest> tests(int rounds) {
        int wanted = Integer.getInteger(ROUNDS, rounds);
        return Stream.of(
                DynamicTest.dynamicTest("inputs that were kept", this::takeKept),
                DynamicTest.dynamicTest("seeds", this::takeSeeds),
                DynamicTest.dynamicTest(wanted + " by chance", () -> takeChanged(wanted)));
    }

    /// Writes the seeds where the fuzzer looks for inputs; nothing where no directory is named.
    public void layOutSeeds() {
        var directory = System.getProperty(CORPUS, "");
        if (directory.isEmpty()) return;
        try {
            Files.createDirectories(Path.of(directory));
            var all = new ArrayList<>(seeds.get());
            for (var file : kept()) all.add(Files.readAllBytes(file));
            // The fuzzer begins with inputs no longer than the longest seed.
            for (long i = all.size(); i < SEEDS_MIN; i++)
                all.add(new Mutations(List.of(), new SplittableRandom(i)).next());
            for (int i = 0; i < all.size(); i++)
                Files.write(Path.of(directory, "seed-" + i), all.get(i));
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot lay out seeds in " + directory, unwritable);
        }
    }

    private void takeKept() throws IOException {
        for (var file : kept()) take(Files.readAllBytes(file), file.getFileName().toString());
    }

    private void takeSeeds() {
        var all = seeds.get();
        for (int i = 0; i < all.size(); i++) take(all.get(i), "seed " + i);
    }

    private void takeChanged(int rounds) {
        var beginnings = seeds.get();
        for (long round = 1; round <= rounds; round++) {
            var mutations = new Mutations(beginnings, new SplittableRandom(round));
            take(mutations.next(), "round " + round);
        }
    }

    private void take(byte[] input, String origin) {
        long begin = System.nanoTime();
        try {
            target.take(input);
        } catch (Throwable broken) {
            throw new AssertionError(finding(input, origin, broken.toString()), broken);
        }
        var time = Duration.ofNanos(System.nanoTime() - begin);
        if (time.compareTo(TIME_MAX) > 0)
            throw new AssertionError(finding(input, origin, "it took " + time));
    }

    private String finding(byte[] input, String origin, String what) {
        return "%s: %s: %s; keep it as src/test/resources/fuzz/%s/WHAT-IS-WRONG: base64 -d <<< %s"
                .formatted(name, origin, what, name, Base64.getEncoder().encodeToString(input));
    }

    private List<Path> kept() throws IOException {
        var directory = RepositoryRoot.module().resolve("src/test/resources/fuzz").resolve(name);
        if (!Files.isDirectory(directory)) return List.of();
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
