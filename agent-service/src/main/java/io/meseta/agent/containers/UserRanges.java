package io.meseta.agent.containers;

import io.meseta.agent.launch.DirectoryTree;
import io.meseta.agent.launch.LaunchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// Which users of this machine stand for those of which container. Each range is written down
/// before anything belongs to it, in a file of the container's name, so that a new agent process
/// gives it to nobody else; containers of one group share a range, since they share files.
public final class UserRanges {

    private static final int FILE_BYTES_MAX = 200;
    private static final String FRESH = ".new";

    /// What there is to hand out.
    ///
    /// @param first the first number of the first range
    /// @param size of a range
    /// @param count of ranges; 0 for none: containers have the machine's users
    public record Terms(long first, long size, int count) {

        public Terms {
            if (size < 1 || count < 0 || first < 1)
                throw new IllegalArgumentException("users: first and size must be positive");
            if (count > 0 && first + size * count > Integer.MAX_VALUE)
                throw new IllegalArgumentException(
                        "users: %s ranges of %s from %s go beyond %s"
                                .formatted(count, size, first, Integer.MAX_VALUE));
        }
    }

    /// @param group whose containers share it; a container alone is its own
    private record Claim(UserRange range, UUID group) {}

    private final Path directory;
    private final Terms terms;

    /// A lock, since several containers are prepared at a time.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<UUID, Claim> claims = new TreeMap<>();
    private int next;

    /// @param directory where claims are written down
    public UserRanges(Path directory, Terms terms) {
        this.directory = directory;
        this.terms = terms;
        read();
    }

    boolean areHandedOut() {
        return terms.count() > 0;
    }

    /// Whether nobody has any, and nobody is to have.
    public boolean areOfNoUse() {
        lock.lock();
        try {
            return terms.count() == 0 && claims.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// What the container has claimed; empty for one with the machine's users.
    Optional<UserRange> of(UUID container) {
        lock.lock();
        try {
            return Optional.ofNullable(claims.get(container)).map(Claim::range);
        } finally {
            lock.unlock();
        }
    }

    /// Gives the container a range that nobody else has, or the one that it has.
    UserRange claim(UUID container, UUID group) {
        lock.lock();
        try {
            var known = claims.get(container);
            if (known != null) return known.range();
            var claim = new Claim(ofGroup(group).orElseGet(this::free), group);
            write(container, claim);
            claims.put(container, claim);
            return claim.range();
        } finally {
            lock.unlock();
        }
    }

    private Optional<UserRange> ofGroup(UUID group) {
        return claims.values().stream()
                .filter(claim -> claim.group().equals(group))
                .map(Claim::range)
                .findFirst();
    }

    /// One after the other, so that one that was given back is taken again as late as can be: files
    /// of its last user's may still lie about.
    private UserRange free() {
        for (int tried = 0; tried < terms.count(); tried++) {
            var range =
                    new UserRange(
                            terms.first() + terms.size() * ((next + tried) % terms.count()),
                            terms.size());
            // Other terms may have held when a range was given.
            if (claims.values().stream().anyMatch(claim -> claim.range().overlaps(range))) continue;
            next = (next + tried + 1) % terms.count();
            return range;
        }
        throw new LaunchFailure(
                "all %s ranges of users are in use (meseta.agent.containers.users.ranges)"
                        .formatted(terms.count()));
    }

    void release(UUID container) {
        lock.lock();
        try {
            if (claims.remove(container) != null) DirectoryTree.delete(file(container));
        } catch (IOException failure) {
            throw new UncheckedIOException("can't give back the users of " + container, failure);
        } finally {
            lock.unlock();
        }
    }

    void releaseAllBut(Set<UUID> held) {
        lock.lock();
        try {
            for (var container : Set.copyOf(claims.keySet()))
                if (!held.contains(container)) release(container);
        } finally {
            lock.unlock();
        }
    }

    private Path file(UUID container) {
        return directory.resolve(container.toString());
    }

    private void write(UUID container, Claim claim) {
        var file = file(container);
        var fresh = directory.resolve(container + FRESH);
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    fresh,
                    "%s %s %s"
                            .formatted(claim.range().first(), claim.range().size(), claim.group()));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't write " + file, failure);
        }
    }

    private void read() {
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var claim = read(file);
                // Of a write that was cut off nothing has come; and what can't be read was lost
                // when the machine stopped, with the container that it was for.
                if (name.endsWith(FRESH) || claim.isEmpty()) Files.delete(file);
                else claims.put(UUID.fromString(name), claim.get());
            }
        } catch (NoSuchFileException _) {
            claims.clear();
        } catch (IOException | IllegalArgumentException failure) {
            throw new IllegalStateException("can't read who has which users", failure);
        }
    }

    private static Optional<Claim> read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(FILE_BYTES_MAX), StandardCharsets.UTF_8);
            var words = text.split(" ", -1);
            if (words.length != 3) return Optional.empty();
            return Optional.of(
                    new Claim(
                            new UserRange(Long.parseLong(words[0]), Long.parseLong(words[1])),
                            UUID.fromString(words[2])));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
