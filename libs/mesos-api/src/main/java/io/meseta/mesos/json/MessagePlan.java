package io.meseta.mesos.json;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the codec needs to know of a message type, looked up once: fields by number for writing and
/// by name for reading, and the text of defaults.
final class MessagePlan {

    /// Field numbers index an array. Those of the Mesos API end at 55.
    private static final int NUMBER_MAX = 1000;

    /// Which defaults a message needs is kept in the bits of a long.
    private static final int DEFAULTS_MAX = Long.SIZE;

    /// Bounded by the number of message types on the class path.
    private static final Map<Descriptor, MessagePlan> PLANS = new ConcurrentHashMap<>();

    private final @Nullable FieldPlan[] byNumber;
    private final Map<String, FieldPlan> byName;
    private final List<FieldPlan> defaults;

    private MessagePlan(Descriptor type) {
        byName = HashMap.newHashMap(type.getFields().size());
        defaults = new ArrayList<>();
        int highest = 0;
        for (var field : type.getFields()) {
            if (field.getNumber() > NUMBER_MAX) {
                throw new IllegalArgumentException(field.getFullName() + " has a high number");
            }
            highest = Math.max(highest, field.getNumber());
            var plan = FieldPlan.of(field, defaults.size());
            byName.put(plan.name(), plan);
            if (plan.isWrittenWhenUnset()) defaults.add(plan);
        }
        if (defaults.size() > DEFAULTS_MAX) {
            throw new IllegalArgumentException(type.getFullName() + " has too many defaults");
        }
        byNumber = new @Nullable FieldPlan[highest + 1];
        for (var plan : byName.values()) byNumber[plan.number()] = plan;
    }

    static MessagePlan of(Descriptor type) {
        var known = PLANS.get(type);
        if (known != null) return known;
        // Not computeIfAbsent, under which nothing may ask for another plan. Making one twice does
        // no harm.
        var made = new MessagePlan(type);
        var first = PLANS.putIfAbsent(type, made);
        return first != null ? first : made;
    }

    @Nullable FieldPlan numbered(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    @Nullable FieldPlan named(String name) {
        return byName.get(name);
    }

    /// The fields whose default is written when they are unset, in the order of their bits.
    List<FieldPlan> defaults() {
        return defaults;
    }
}
