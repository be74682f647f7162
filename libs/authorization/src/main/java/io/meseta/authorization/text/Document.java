package io.meseta.authorization.text;

import io.meseta.authorization.text.TreeGrowth.Unreadable;
import io.meseta.model.rule.Texts;
import java.util.List;

/// A named text in YAML or JSON.
///
/// Anchors, aliases, tags and a second document in the same text are refused: what a policy says
/// must stand where it is read. Words have no types here, so `no` is the word no.
///
/// @param source the file's name, for problems
public record Document(String source, String text) {

    /// Four mebibytes hold some twenty thousand rules.
    public static final int BYTES_MAX = 4 << 20;

    /// The text's content. A text that begins with a brace or bracket is JSON, any other is YAML.
    public Outcome<Tree> read() {
        if (Texts.isLongerThan(BYTES_MAX, text)) {
            var message = "longer than " + BYTES_MAX + " bytes";
            return new Outcome.Bad<>(List.of(new Problem(source, Mark.START, "", message)));
        }
        var growth = new TreeGrowth(source);
        try {
            if (isJson()) new JsonText(growth).read(text);
            else new YamlText(growth).read(text);
            var root = growth.root();
            if (root.isEmpty()) throw growth.refuse(Mark.START, "the text is empty");
            return new Outcome.Good<>(root.get());
        } catch (Unreadable unreadable) {
            return new Outcome.Bad<>(List.of(unreadable.problem()));
        }
    }

    private boolean isJson() {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (!Character.isWhitespace(letter)) return letter == '{' || letter == '[';
        }
        return false;
    }
}
