package io.meseta.auth.founding;

import io.meseta.auth.changes.Names;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.founding.SecretsDirectory.Found;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes the first secrets of a cluster, as files or as Secrets of Kubernetes.
public final class SecretsCommand {

    /// The word that stands for this command in place of settings.
    public static final String NAME = "secrets";

    private static final String USAGE =
            """
            Makes what must be secret about a cluster before it first starts.

              secrets --out DIR [--owner READER=UID]…   files, a directory for each reader; once
              secrets --together DIR                    the same side by side, for one who starts all
                                                        services on this machine; once
              secrets --kubernetes NAME                 Secrets NAME-READER, into a pipe

              --administrator NAME   the first user (admin)
              --join-days DAYS       how long agents may join with the first token (365)
            """;

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final String KUBERNETES_NAME = "[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?";
    private static final int JOIN_DAYS_MAX = 3650;

    private final InstantSource time;
    private final boolean isSeen;
    private final PrintStream out;
    private final PrintStream err;

    /// @param isSeen whether what is printed is shown to somebody, and not read by a program
    public SecretsCommand(InstantSource time, boolean isSeen, PrintStream out, PrintStream err) {
        this.time = time;
        this.isSeen = isSeen;
        this.out = out;
        this.err = err;
    }

    /// @param arguments what follows the command's name
    /// @return the process's exit code
    public int run(List<String> arguments) {
        try {
            if (arguments.contains("--help") || arguments.contains("-h")) {
                out.print(USAGE);
                return DONE;
            }
            var wish = Wish.parse(arguments);
            return switch (wish.form()) {
                case Form.Rooms(var out) ->
                        files(SecretsDirectory.of(out, wish.owners()), make(wish), out);
                case Form.Together(var out) ->
                        files(SecretsDirectory.ofOurs(out), make(wish).together(), out);
                case Form.Kubernetes(var name) -> manifests(wish, name);
            };
        } catch (Misuse misuse) {
            err.println(misuse.getMessage());
            err.print(USAGE);
            return MISUSED;
        } catch (IOException | UncheckedIOException failure) {
            err.println("The secrets can't be written: " + failure.getMessage());
            return FAILED;
        }
    }

    private int files(SecretsDirectory directory, FirstSecrets made, Path out) throws IOException {
        switch (directory.find(made)) {
            case Found.Nothing _ -> {
                directory.write(made);
                this.out.println("The first secrets have been made in " + out + ".");
            }
            case Found.All _ -> this.out.println("The secrets in " + out + " are kept.");
            case Found.Lost(var lost) -> {
                err.println(
                        "Some secrets of this cluster are gone: %s. Bring them back; or, to begin"
                                        .formatted(
                                                lost.stream()
                                                        .map(Path::toString)
                                                        .collect(Collectors.joining(", ")))
                                + " with an empty cluster, delete all others and its databases.");
                return FAILED;
            }
        }
        return DONE;
    }

    private int manifests(Wish wish, String name) {
        if (isSeen) {
            throw new Misuse(
                    "Secrets are not shown: pipe this into kubectl --namespace … create -f -");
        }
        var made = make(wish);
        out.println(SecretManifests.json(made, name));
        out.flush();
        return DONE;
    }

    private FirstSecrets make(Wish wish) {
        return FirstSecrets.make(
                wish.administrator(), time.instant(), Duration.ofDays(wish.joinDays()));
    }

    /// As what they are made.
    private sealed interface Form {

        record Rooms(Path out) implements Form {}

        record Together(Path out) implements Form {}

        record Kubernetes(String name) implements Form {}

        static Form of(Map<String, String> values) {
            var forms = new ArrayList<Form>();
            var rooms = values.get("--out");
            if (rooms != null) forms.add(new Rooms(Path.of(rooms)));
            var together = values.get("--together");
            if (together != null) forms.add(new Together(Path.of(together)));
            var kubernetes = values.get("--kubernetes");
            if (kubernetes != null) forms.add(new Kubernetes(kubernetes));
            if (forms.size() == 1) return forms.getFirst();
            throw new Misuse("One of --out, --together and --kubernetes is needed.");
        }
    }

    /// What was asked for.
    private record Wish(
            Form form, String administrator, int joinDays, TreeMap<String, Integer> owners) {

        static Wish parse(List<String> arguments) {
            var values = new TreeMap<String, String>();
            var owners = new TreeMap<String, Integer>();
            var left = arguments.iterator();
            while (left.hasNext()) {
                var option = left.next();
                if (!left.hasNext()) throw new Misuse(option + " says nothing.");
                var value = left.next();
                switch (option) {
                    case "--owner" -> owner(value, owners);
                    case "--out",
                            "--together",
                            "--kubernetes",
                            "--administrator",
                            "--join-days" -> {
                        if (values.put(option, value) != null)
                            throw new Misuse(option + " stands twice.");
                    }
                    default -> throw new Misuse("There is no option " + option + ".");
                }
            }
            return checked(
                    new Wish(
                            Form.of(values),
                            values.getOrDefault("--administrator", "admin"),
                            number(values.getOrDefault("--join-days", "365"), JOIN_DAYS_MAX),
                            owners));
        }

        private static Wish checked(Wish wish) {
            if (wish.form instanceof Form.Kubernetes(var name) && !name.matches(KUBERNETES_NAME)) {
                throw new Misuse("No Secret can be called " + name + ".");
            }
            if (!(wish.form instanceof Form.Rooms) && !wish.owners.isEmpty()) {
                throw new Misuse("--owner goes with --out.");
            }
            if (wish.joinDays == 0) throw new Misuse("--join-days is at least 1.");
            try {
                Names.account(wish.administrator);
            } catch (Refused refused) {
                throw new Misuse(String.valueOf(refused.getMessage()));
            }
            return wish;
        }

        private static void owner(String value, TreeMap<String, Integer> owners) {
            int equals = value.indexOf('=');
            if (equals < 1) throw new Misuse("--owner is READER=UID.");
            owners.put(
                    value.substring(0, equals),
                    number(value.substring(equals + 1), Integer.MAX_VALUE));
        }

        private static int number(String text, int max) {
            try {
                int number = Integer.parseInt(text);
                if (number >= 0 && number <= max) return number;
            } catch (NumberFormatException _) {
                // The same answer as for a number that is too large.
            }
            throw new Misuse(text + " is no number from 0 to " + max + ".");
        }
    }

    private static final class Misuse extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Misuse(String message) {
            super(message);
        }
    }
}
