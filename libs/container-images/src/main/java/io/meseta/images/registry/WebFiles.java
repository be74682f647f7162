package io.meseta.images.registry;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.registry.Http.Question;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Plain files of the web, by the same rules as registries: TLS unless the settings name the host,
/// bounded retries, redirects, stalls.
public final class WebFiles implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 << 10;

    private final Http http;
    private final Backoff backoff;

    public WebFiles(RegistrySettings settings) {
        this.http = new Http(settings);
        this.backoff =
                new Backoff(
                        settings.attemptsMax(),
                        Thread::sleep,
                        InstantSource.system(),
                        () -> ThreadLocalRandom.current().nextLong());
    }

    /// A small file; empty where there is none.
    public Optional<byte[]> read(URI address, int max) {
        return ask(address, answer -> answer.read(max, "an answer of " + Http.hostOf(address)));
    }

    /// Downloads a file of at most `max` bytes to `target`; false where there is none.
    public boolean download(URI address, Path target, long max) {
        return ask(address, answer -> copy(answer, target, max)).isPresent();
    }

    private <T> Optional<T> ask(URI address, Door.Reading<T> reading) {
        return backoff.retry(
                "fetch " + Http.shown(address),
                () -> {
                    try (var answer = http.ask(Question.get(address, Map.of()))) {
                        int status = answer.status();
                        if (status == 404 || status == 410) return Optional.<T>empty();
                        if (answer.isGood()) return Optional.of(reading.of(answer));
                        var said = "%s answered %d".formatted(Http.shown(address), status);
                        if (status >= 500 || status == 429) {
                            throw new Backoff.Passing(said, backoff.asked(answer).orElse(null));
                        }
                        throw new ImageFault(Kind.UNREACHABLE, said);
                    }
                });
    }

    private static long copy(Answer answer, Path target, long max)
            throws IOException, InterruptedException {
        try (var file = open(target)) {
            var chunk = new byte[CHUNK_BYTES];
            long length = 0;
            for (int read = answer.body().read(chunk);
                    read >= 0;
                    read = answer.body().read(chunk)) {
                if (Thread.interrupted()) throw new InterruptedException();
                length += read;
                if (length > max) throw ImageFault.tooLarge("a file above " + max + " bytes");
                file.write(chunk, 0, read);
            }
            return length;
        }
    }

    private static RandomAccessFile open(Path target) {
        try {
            var file = new RandomAccessFile(target.toFile(), "rw");
            file.setLength(0);
            return file;
        } catch (IOException failed) {
            throw ImageFault.storage("writing " + target, failed);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
