package io.meseta.images.registry;

import io.meseta.images.reference.ImageReference;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/// The way to registries: one for a whole agent. Safe for threads; closing it ends what runs.
public final class Registries implements AutoCloseable {

    private final RegistrySettings settings;
    private final Http http;
    private final Backoff backoff;
    private final InstantSource clock;

    public Registries(RegistrySettings settings) {
        this(settings, Thread::sleep, InstantSource.system());
    }

    Registries(RegistrySettings settings, Backoff.Pause pause, InstantSource clock) {
        this.settings = settings;
        this.http = new Http(settings);
        this.clock = clock;
        this.backoff =
                new Backoff(
                        settings.attemptsMax(),
                        pause,
                        clock,
                        () -> ThreadLocalRandom.current().nextLong());
    }

    /// The place of one image, for one pull, with what that pull was given to show.
    public Repository open(ImageReference reference, DockerConfig credentials) {
        var doors =
                Endpoint.of(reference, settings).stream()
                        .map(endpoint ->
                                new Door(
                                        http,
                                        backoff,
                                        endpoint,
                                        new Authorization(
                                                http,
                                                clock,
                                                reference.repository(),
                                                credentials.credential(
                                                        endpoint.host(), reference.repository()))))
                        .toList();
        return new Repository(reference, doors);
    }

    @Override
    public void close() {
        http.close();
    }
}
