package io.meseta.master.events;

import io.meseta.master.views.Visibility;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The change from one state to another: whole records, and what is gone.
final class Change implements News {

    private final EventId id;
    private final String time;
    private final List<Touched> all;
    private final long cost;
    private byte @Nullable [] forAll;

    /// @param time at which it was so
    Change(EventId id, String time, List<Touched> all) {
        this.id = id;
        this.time = time;
        this.all = List.copyOf(all);
        this.cost = all.stream().mapToLong(Touched::cost).sum();
    }

    /// Twice the records: as they are, and in the frame for those who see everything.
    @Override
    public long cost() {
        return 2 * cost;
    }

    @Override
    public byte[] frame(Audience audience) {
        var visibility = audience.visibility();
        if (!visibility.audience().equals(Visibility.ALL.audience())) return written(visibility);
        var known = forAll;
        if (known == null) {
            known = written(visibility);
            forAll = known;
        }
        return known;
    }

    /// Empty if the reader may know of nothing in it: its id then leads to a later state, which is
    /// none the worse.
    private byte[] written(Visibility reader) {
        boolean isNothing =
                all.stream().noneMatch(each -> each.isThereFor(reader) || each.isGoneFor(reader));
        if (isNothing) return new byte[0];
        var out = new ByteArrayOutputStream(Math.toIntExact(Math.min(cost + 256, 1 << 26)));
        out.writeBytes(SseFrames.head("change", id));
        out.writeBytes(utf8("{\"time\":\"" + time + "\""));
        lists(out, each -> each.isThereFor(reader), each -> each.record().orElseThrow(), ",");
        if (all.stream().anyMatch(each -> each.isGoneFor(reader))) {
            out.writeBytes(utf8(",\"gone\":{"));
            lists(out, each -> each.isGoneFor(reader), each -> utf8(each.gone()), "");
            out.write('}');
        }
        out.write('}');
        out.writeBytes(SseFrames.TAIL);
        return out.toByteArray();
    }

    /// The lists that have something in them.
    ///
    /// @param before comes before the first of them
    private void lists(
            ByteArrayOutputStream out,
            Predicate<Touched> isWanted,
            Function<Touched, byte[]> content,
            String before) {
        var separator = before;
        for (var kind : Touched.Kind.values()) {
            var some =
                    all.stream()
                            .filter(each -> each.kind() == kind && isWanted.test(each))
                            .toList();
            if (some.isEmpty()) continue;
            var name = kind.name().toLowerCase(Locale.ROOT);
            out.writeBytes(utf8(separator + "\"" + name + "\":["));
            for (int i = 0; i < some.size(); i++) {
                if (i > 0) out.write(',');
                out.writeBytes(content.apply(some.get(i)));
            }
            out.write(']');
            separator = ",";
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
