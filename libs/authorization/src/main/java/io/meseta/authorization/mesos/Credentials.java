package io.meseta.authorization.mesos;

import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Form;
import io.meseta.authorization.text.Mark;
import io.meseta.authorization.text.Outcome;
import io.meseta.authorization.text.Problem;
import io.meseta.authorization.text.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The credentials file of a Mesos installation, in the order it was written.
///
/// Either `{"credentials": [{"principal": …, "secret": …}]}`, or one object with a principal and a
/// secret, or the older form: a principal and a secret in each line, with white space between.
public record Credentials(List<Credential> entries) {

    private static final int ENTRIES_MAX = 100_000;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    public Credentials {
        entries = List.copyOf(entries);
    }

    /// A principal and its secret. Its text hides the secret, since texts end up in logs.
    public record Credential(String principal, String secret) {
        @Override
        public String toString() {
            return "Credential[principal=" + principal + ", secret=(hidden)]";
        }
    }

    /// Reads a file. Problems name lines and principals, never a secret.
    public static Outcome<Credentials> read(Document document) {
        return document.text().stripLeading().startsWith("{")
                ? document.read().then(tree -> ofJson(document.source(), tree))
                : ofLines(document);
    }

    private static Outcome<Credentials> ofJson(String source, Tree tree) {
        var problems = new ArrayList<Problem>();
        var form = Form.of(source, tree, problems);
        if (form.isEmpty()) return new Outcome.Bad<>(problems);
        var entries = new ArrayList<Credential>();
        if (form.get().has("principal")) {
            entries.add(credential(form.get()));
        } else {
            if (!form.get().has("credentials")) {
                form.get().report("the key 'credentials' is missing");
            }
            for (var each : form.get().forms("credentials")) entries.add(credential(each));
            form.get().finish();
        }
        refuseTwins(source, entries, problems);
        return Outcome.of(new Credentials(entries), problems);
    }

    private static Credential credential(Form form) {
        var credential = new Credential(form.word("principal"), form.word("secret"));
        form.finish();
        return credential;
    }

    private static Outcome<Credentials> ofLines(Document document) {
        var problems = new ArrayList<Problem>();
        var entries = new ArrayList<Credential>();
        if (document.text().length() > Document.BYTES_MAX) {
            return new Outcome.Bad<>(List.of(problem(document.source(), 1, "too long")));
        }
        var lines = document.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty()) continue;
            var words = WHITE_SPACE.split(line, -1);
            if (words.length == 2) {
                entries.add(new Credential(words[0], words[1]));
            } else {
                var message = "must be a principal and a secret with white space between";
                problems.add(problem(document.source(), i + 1, message));
            }
        }
        refuseTwins(document.source(), entries, problems);
        return Outcome.of(new Credentials(entries), problems);
    }

    private static void refuseTwins(
            String source, List<Credential> entries, List<Problem> problems) {
        if (entries.size() > ENTRIES_MAX) {
            problems.add(problem(source, 1, "more than " + ENTRIES_MAX + " credentials"));
        }
        var principals = new TreeSet<String>();
        for (var entry : entries) {
            if (principals.add(entry.principal())) continue;
            var message = "the principal '" + entry.principal() + "' stands here twice";
            problems.add(problem(source, 1, message));
        }
    }

    private static Problem problem(String source, int line, String message) {
        return new Problem(source, new Mark(line, 1), "", message);
    }
}
