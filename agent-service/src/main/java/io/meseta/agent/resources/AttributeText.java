package io.meseta.agent.resources;

import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.Value;
import io.meseta.model.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The text in which operators write attributes, as wire messages.
public final class AttributeText {

    private static final Pattern SEMICOLON = Pattern.compile(";");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern RANGES =
            Pattern.compile("\\[\\s*[0-9]+\\s*-\\s*[0-9]+\\s*(,\\s*[0-9]+\\s*-\\s*[0-9]+\\s*)*]");

    private AttributeText() {}

    /// Reads `key:value;…`, where a value is a number, ranges in brackets, or else text.
    ///
    /// @throws IllegalArgumentException with a reason that quotes the text
    public static List<Attribute> attributes(String text) {
        var attributes = new ArrayList<Attribute>();
        for (var part : SEMICOLON.split(text, -1)) {
            if (part.isBlank()) continue;
            int colon = part.indexOf(':');
            if (colon <= 0 || colon == part.length() - 1) {
                throw new IllegalArgumentException(
                        "attributes: '" + part.strip() + "' is not of the form key:value");
            }
            attributes.add(
                    attribute(part.substring(0, colon).strip(), part.substring(colon + 1).strip()));
        }
        return attributes;
    }

    private static Attribute attribute(String name, String value) {
        var attribute = Attribute.newBuilder().setName(name);
        if (NUMBER.matcher(value).matches()) {
            return attribute
                    .setType(Value.Type.SCALAR)
                    .setScalar(Value.Scalar.newBuilder().setValue(Double.parseDouble(value)))
                    .build();
        }
        if (RANGES.matcher(value).matches()) {
            var ranges = (Ranges) io.meseta.model.Amount.parse(value);
            return attribute.setType(Value.Type.RANGES).setRanges(ranges(ranges)).build();
        }
        return attribute
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(value))
                .build();
    }

    private static Value.Ranges ranges(Ranges ranges) {
        var wire = Value.Ranges.newBuilder();
        for (var range : ranges.ranges()) {
            wire.addRange(Value.Range.newBuilder().setBegin(range.begin()).setEnd(range.end()));
        }
        return wire.build();
    }
}
