package io.meseta.authorization.text;

import io.meseta.authorization.text.TreeGrowth.Unreadable;
import java.io.StringReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/// Reads YAML's syntax; its types, tags and references are left out.
final class YamlText {

    private final TreeGrowth growth;
    private boolean hasDocument;

    YamlText(TreeGrowth growth) {
        this.growth = growth;
    }

    void read(String text) throws Unreadable {
        var limits = new LoaderOptions();
        limits.setCodePointLimit(Document.BYTES_MAX);
        try {
            for (var event : new Yaml(limits).parse(new StringReader(text))) take(event);
        } catch (MarkedYAMLException broken) {
            throw growth.refuse(mark(broken.getProblemMark()), String.valueOf(broken.getProblem()));
        } catch (YAMLException broken) {
            throw growth.refuse(Mark.START, String.valueOf(broken.getMessage()));
        }
    }

    private void take(Event event) throws Unreadable {
        var at = mark(event.getStartMark());
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> {
                var start = (CollectionStartEvent) event;
                refuseReferences(at, start, Optional.ofNullable(start.getTag()));
                growth.open(at, event.is(Event.ID.MappingStart));
            }
            case MappingEnd, SequenceEnd -> growth.close();
            case Scalar -> {
                var scalar = (ScalarEvent) event;
                refuseReferences(at, scalar, Optional.ofNullable(scalar.getTag()));
                growth.word(at, scalar.getValue(), scalar.isPlain());
            }
            case Alias ->
                    throw growth.refuse(
                            at,
                            "the alias '*%s' is not allowed: write out what it stands for"
                                    .formatted(((AliasEvent) event).getAnchor()));
            case DocumentStart -> begin(at, (DocumentStartEvent) event);
            case DocumentEnd, StreamStart, StreamEnd, Comment -> {}
        }
    }

    private void begin(Mark at, DocumentStartEvent start) throws Unreadable {
        if (hasDocument) throw growth.refuse(at, "one text holds one document");
        if (start.getVersion() != null || (start.getTags() != null && !start.getTags().isEmpty())) {
            throw growth.refuse(at, "YAML directives are not allowed");
        }
        hasDocument = true;
    }

    private void refuseReferences(Mark at, NodeEvent node, Optional<String> tag) throws Unreadable {
        if (node.getAnchor() != null) throw growth.refuse(at, "anchors are not allowed");
        if (tag.isPresent()) throw growth.refuse(at, "tags are not allowed");
    }

    private static Mark mark(org.yaml.snakeyaml.error.@Nullable Mark mark) {
        return mark == null ? Mark.START : new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
