package io.meseta.images.registry;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.manifest.Manifest;
import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.reference.Digest;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.ImageReference;
import io.meseta.images.registry.Http.Question;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One repository in a registry and its mirrors, for one pull. Mirrors are asked first; whatever is
/// wrong with one, the next is asked, and the registry's own answer counts.
///
/// All methods wait and may be interrupted, which is a fault of kind `CANCELLED`. Safe for threads.
public final class Repository {

    private static final String MANIFESTS = "manifests/";
    private static final int CHUNK_BYTES = 64 << 10;

    /// A download that came this much further before it failed has its attempts back.
    private static final long PROGRESS_BYTES = 1 << 20;

    private static final Set<Kind> TRY_NEXT =
            EnumSet.of(
                    Kind.NOT_FOUND,
                    Kind.UNAUTHORIZED,
                    Kind.UNREACHABLE,
                    Kind.WRONG_DIGEST,
                    Kind.MALFORMED,
                    Kind.INVALID,
                    Kind.TOO_LARGE);

    private final ImageReference reference;
    private final List<Door> doors;

    Repository(ImageReference reference, List<Door> doors) {
        this.reference = reference;
        this.doors = List.copyOf(doors);
    }

    /// What the reference's tag means now, without fetching it; empty where the registry does not
    /// say.
    public Optional<Digest> resolve() {
        return firstGood(door -> {
            var question = Question.head(address(door, reference.selector()), accepting());
            return door.ask(
                    "look up " + reference,
                    question,
                    answer -> answer.header("Docker-Content-Digest").map(Digest::parse));
        });
    }

    /// What the reference leads to: an image, or a list of images.
    public FetchedManifest manifest() {
        return manifest(
                reference.selector(), reference.pin().orElse(null), "manifest of " + reference);
    }

    /// One image of a list.
    public FetchedManifest manifest(Descriptor descriptor) {
        var digest = descriptor.digest();
        return manifest(digest.toString(), digest, "manifest " + digest);
    }

    private FetchedManifest manifest(String selector, @Nullable Digest wanted, String what) {
        return firstGood(door -> {
            var question = Question.get(address(door, selector), accepting());
            return door.ask("fetch the " + what, question, answer -> read(answer, wanted, what));
        });
    }

    private static FetchedManifest read(Answer answer, @Nullable Digest wanted, String what)
            throws IOException {
        var text = answer.read(Manifest.BYTES_MAX, "a manifest");
        var said = answer.header("Docker-Content-Digest").map(Digest::parse);
        var expected = wanted == null ? said.orElse(null) : wanted;
        var algorithm = expected == null ? Digest.Algorithm.SHA256 : expected.algorithm();
        var digest = algorithm.of(text);
        if (expected != null && !expected.equals(digest)) {
            throw new ImageFault(
                    Kind.WRONG_DIGEST,
                    "the %s is not %s, but %s".formatted(what, expected, digest));
        }
        return new FetchedManifest(
                new FetchedManifest.Text(text), answer.header("Content-Type").orElse(""), digest);
    }

    /// Downloads a blob into `sink`, from where it stopped last time, and checks it there.
    ///
    /// @param progress hears of the bytes that came, a piece at a time; of a negative number when
    ///   some have to be fetched again
    public void download(Descriptor blob, BlobSink sink, LongConsumer progress) {
        firstGood(door -> {
            download(door, blob, sink, progress);
            return true;
        });
    }

    /// What is held already may be to blame for a wrong whole: another host has sent it, or a stop
    /// of the machine has spoiled it. Then all of it comes from here, once.
    private void download(Door door, Descriptor blob, BlobSink sink, LongConsumer progress) {
        var into = new Into(blob, sink, progress);
        boolean isResumed = sink.length() > 0;
        if (isFilled(door, into) || (isResumed && isFilled(door, into))) return;
        throw new ImageFault(
                Kind.WRONG_DIGEST,
                "%s sent something else for blob %s".formatted(door.host(), blob.digest()));
    }

    /// Whether what is wanted has come; if not, nothing is held any more.
    private boolean isFilled(Door door, Into into) {
        var blob = into.blob();
        var sink = into.sink();
        var address = door.address(reference.repository(), "blobs/" + blob.digest());
        var what = "fetch blob " + blob.digest();
        var question =
                Question.get(address, Map.of("Accept", "*/*", "Accept-Encoding", "identity"));
        while (sink.length() < blob.size()) {
            long before = sink.length();
            try {
                door.retry(what, () -> attempt(door, what, question, into));
            } catch (ImageFault failed) {
                var isFurther = sink.length() - before >= PROGRESS_BYTES;
                if (failed.kind() != Kind.UNREACHABLE || !isFurther) throw failed;
            }
        }
        if (sink.isWhatWasWanted()) return true;
        restart(into);
        return false;
    }

    private record Into(Descriptor blob, BlobSink sink, LongConsumer progress) {}

    private static boolean attempt(Door door, String what, Question question, Into into)
            throws IOException, InterruptedException {
        long held = into.sink().length();
        var ranged = held == 0 ? question : question.with("Range", "bytes=" + held + "-");
        try {
            return door.once(what, ranged, answer -> copy(answer, into));
        } catch (Door.RangeRefused refused) {
            restart(into);
            throw refused;
        }
    }

    private static void restart(Into into) {
        into.progress().accept(-into.sink().length());
        into.sink().restart();
    }

    private static boolean copy(Answer answer, Into into) throws IOException, InterruptedException {
        var sink = into.sink();
        var isRest = answer.status() == 206 && startsAt(answer, sink.length());
        if (sink.length() > 0 && !isRest) {
            restart(into);
            if (answer.status() == 206) throw new IOException("another range than asked for");
        }
        var chunk = new byte[CHUNK_BYTES];
        for (int read = answer.body().read(chunk); read >= 0; read = answer.body().read(chunk)) {
            if (Thread.interrupted()) throw new InterruptedException();
            if (read > into.blob().size() - sink.length()) {
                restart(into);
                throw new ImageFault(
                        Kind.WRONG_DIGEST,
                        "blob %s is longer than its %d bytes"
                                .formatted(into.blob().digest(), into.blob().size()));
            }
            sink.append(chunk, 0, read);
            into.progress().accept(read);
        }
        if (sink.length() == into.blob().size()) return true;
        throw new IOException("the download was cut off");
    }

    private static boolean startsAt(Answer answer, long offset) {
        var range = answer.header("Content-Range").orElse("bytes " + offset + "-");
        return range.startsWith("bytes " + offset + "-");
    }

    private URI address(Door door, String selector) {
        return door.address(reference.repository(), MANIFESTS + selector);
    }

    private static Map<String, String> accepting() {
        return Map.of("Accept", String.join(", ", MediaTypes.ACCEPTED));
    }

    private <T> T firstGood(Function<Door, T> attempt) {
        for (var door : doors.subList(0, doors.size() - 1)) {
            try {
                return attempt.apply(door);
            } catch (ImageFault failed) {
                if (!TRY_NEXT.contains(failed.kind())) throw failed;
            }
        }
        return attempt.apply(doors.getLast());
    }
}
