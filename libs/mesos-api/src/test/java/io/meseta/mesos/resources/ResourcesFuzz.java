package io.meseta.mesos.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.Offer.Operation.Reserve;
import io.meseta.model.Resources;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.testkit.fuzz.Growth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Resources off the wire are refused in words, or are resources: written and read again they are
/// the same, and their sums keep what was put in.
public final class ResourcesFuzz {

    private static final List<String> WORDS =
            List.of(
                    "cpus",
                    "mem",
                    "disk",
                    "ports",
                    "gpus",
                    "eng",
                    "eng/web",
                    "eng/web/dev",
                    "ops",
                    "*",
                    "id1",
                    "id2",
                    "path",
                    "ann",
                    "bob",
                    "k",
                    "v");

    private static final Fuzz FUZZ =
            Fuzz.of(ResourcesFuzz.class, ResourcesFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(15_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var growth = new Growth(new Choices(input, WORDS));
        var one = read(growth);
        var other = read(growth);
        if (one.isEmpty()) return;
        checkWritten(one.get());
        if (other.isEmpty()) return;
        checkWritten(other.get());
        checkSums(one.get(), other.get());
        checkSums(other.get(), one.get());
        checkSums(one.get(), one.get());
    }

    /// As it comes off the wire, where texts are UTF-8.
    private static Optional<Resources> read(Growth growth) throws Exception {
        var grown = growth.like(Reserve.getDefaultInstance()).toByteArray();
        var wire = Reserve.parseFrom(grown).getResourcesList();
        try {
            return Optional.of(ResourceReading.read(wire));
        } catch (InvalidResource invalid) {
            assertThat(invalid.getMessage()).isNotEmpty();
            return Optional.empty();
        }
    }

    @SuppressWarnings("deprecation") // the older form of reservations
    private static void checkWritten(Resources resources) throws Exception {
        for (var form : List.of(ResourceWriting.Form.NEWER, ResourceWriting.Form.BOTH)) {
            var wire = new ResourceWriting(form, Optional.empty()).write(resources);
            // Who says both has said one thing; the newer form is enough to read it.
            var newer =
                    wire.stream()
                            .map(each -> each.toBuilder().clearRole().clearReservation().build())
                            .toList();
            assertThat(ResourceReading.read(newer)).as("written %s", form).isEqualTo(resources);
        }
        assertThat(resources.toString()).isNotNull();
        assertThat(resources.scalarTotals().values()).allMatch(each -> each >= 0);
    }

    private static void checkSums(Resources one, Resources other) {
        assertThat(one.contains(one)).isTrue();
        assertThat(one.minus(one).isEmpty()).isTrue();
        assertThat(one.contains(Resources.EMPTY)).isTrue();
        var left = one.without(other);
        assertThat(one.contains(left)).as("%s without %s", one, other).isTrue();
        assertThat(one.minusIfContained(other).isPresent()).isEqualTo(one.contains(other));
        if (one.contains(other)) {
            assertThat(one.minus(other)).isEqualTo(left);
            assertThat(one.minus(other).plus(other)).isEqualTo(one);
        }
        Resources sum;
        try {
            sum = one.plus(other);
        } catch (IllegalArgumentException | ArithmeticException unfit) {
            // Two types of one name, a shared volume of two sizes, or too much.
            return;
        }
        assertThat(sum).isEqualTo(other.plus(one));
        assertThat(sum.contains(one)).as("%s + %s holds the first", one, other).isTrue();
        assertThat(sum.contains(other)).as("%s + %s holds the second", one, other).isTrue();
    }
}
