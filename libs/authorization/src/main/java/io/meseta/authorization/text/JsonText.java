package io.meseta.authorization.text;

import io.meseta.authorization.text.TreeGrowth.Unreadable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON: strictly, without comments or other additions.
final class JsonText {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(TreeGrowth.DEPTH_MAX + 1)
                                    .maxStringLength(Document.BYTES_MAX)
                                    .build())
                    .build();

    private final TreeGrowth growth;

    JsonText(TreeGrowth growth) {
        this.growth = growth;
    }

    void read(String text) throws Unreadable {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                take(parser, token);
            }
        } catch (JacksonException broken) {
            throw growth.refuse(mark(broken.getLocation()), broken.getOriginalMessage());
        }
    }

    private void take(JsonParser parser, JsonToken token) throws Unreadable {
        var at = mark(parser.currentTokenLocation());
        switch (token) {
            case START_OBJECT -> growth.open(at, true);
            case START_ARRAY -> growth.open(at, false);
            case END_OBJECT, END_ARRAY -> growth.close();
            case PROPERTY_NAME -> growth.word(at, parser.currentName(), false);
            case VALUE_STRING -> growth.word(at, parser.getString(), false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
                    growth.word(at, parser.getString(), true);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw growth.refuse(at, "not a JSON value");
        }
    }

    private static Mark mark(TokenStreamLocation location) {
        return new Mark(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
