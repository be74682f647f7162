package io.meseta.agent.resources;

import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.model.Items;
import io.meseta.model.Ranges;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The texts in which operators write resources and attributes, as wire messages.
public final class ResourceText {

    private static final Pattern SEMICOLON = Pattern.compile(";");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern RANGES =
            Pattern.compile("\\[\\s*[0-9]+\\s*-\\s*[0-9]+\\s*(,\\s*[0-9]+\\s*-\\s*[0-9]+\\s*)*]");

    private ResourceText() {}

    /// Reads `name(role):value;…`.
    ///
    /// @throws IllegalArgumentException with a reason that quotes the text
    public static List<Resource> resources(String text) {
        return Resources.parse(text).stream().map(ResourceText::resource).toList();
    }

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

    private static Resource resource(io.meseta.model.Resource resource) {
        var wire = Resource.newBuilder().setName(resource.kind().name());
        for (var reservation : resource.kind().reservations()) {
            wire.addReservations(
                    Resource.ReservationInfo.newBuilder()
                            .setType(Resource.ReservationInfo.Type.STATIC)
                            .setRole(reservation.role().toString()));
        }
        switch (resource.amount()) {
            case Scalar scalar ->
                    wire.setType(Value.Type.SCALAR)
                            .setScalar(Value.Scalar.newBuilder().setValue(scalar.toWire()));
            case Ranges ranges -> wire.setType(Value.Type.RANGES).setRanges(ranges(ranges));
            case Items items ->
                    wire.setType(Value.Type.SET)
                            .setSet(Value.Set.newBuilder().addAllItem(items.names()));
        }
        return wire.build();
    }

    private static Value.Ranges ranges(Ranges ranges) {
        var wire = Value.Ranges.newBuilder();
        for (var range : ranges.ranges()) {
            wire.addRange(Value.Range.newBuilder().setBegin(range.begin()).setEnd(range.end()));
        }
        return wire.build();
    }
}
