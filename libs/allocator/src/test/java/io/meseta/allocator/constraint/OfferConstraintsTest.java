package io.meseta.allocator.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.constraint.AttributeConstraint.Condition;
import io.meseta.allocator.constraint.AttributeConstraint.Selector;
import io.meseta.allocator.constraint.OfferConstraints.Group;
import io.meseta.model.Opaque;
import io.meseta.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OfferConstraintsTest {

    private static final Role ENG = new Role("eng");

    private static final Place PLACE =
            new Place(
                    "host-1",
                    Optional.of(new Place.FaultDomain("eu", "eu-1")),
                    new TreeMap<>(Map.of("rack", Optional.of("r1"), "num", Optional.empty())));

    private static final List<Condition> CONDITIONS =
            List.of(
                    new Condition.Exists(),
                    new Condition.NotExists(),
                    new Condition.TextEquals("r1"),
                    new Condition.TextNotEquals("r1"),
                    new Condition.TextMatches("r1"::equals),
                    new Condition.TextNotMatches("r1"::equals));

    @Test
    void judgesATextByWhatItIs() {
        assertThat(judged(new Selector.Named("rack"), PLACE))
                .containsExactly(true, false, true, false, true, false);
    }

    @Test
    void holdsNothingPositiveOfWhatIsNotThere() {
        assertThat(judged(new Selector.Named("row"), PLACE))
                .containsExactly(false, true, false, true, false, true);
        assertThat(judged(new Selector.Region(), Place.UNKNOWN))
                .containsExactly(false, true, false, true, false, true);
    }

    @Test
    void holdsAllThatSpeaksOfTextsOfWhatIsNoText() {
        assertThat(judged(new Selector.Named("num"), PLACE))
                .containsExactly(true, false, true, true, true, true);
    }

    @Test
    void knowsHostnameRegionAndZone() {
        assertThat(holds(new Selector.Hostname(), new Condition.TextEquals("host-1"))).isTrue();
        assertThat(holds(new Selector.Region(), new Condition.TextEquals("eu"))).isTrue();
        assertThat(holds(new Selector.Zone(), new Condition.TextEquals("eu-1"))).isTrue();
        assertThat(holds(new Selector.Zone(), new Condition.TextEquals("eu-2"))).isFalse();
    }

    @Test
    void wantsAllOfAnyOneGroup() {
        var rack = new AttributeConstraint(new Selector.Named("rack"), new Condition.Exists());
        var row = new AttributeConstraint(new Selector.Named("row"), new Condition.Exists());

        assertThat(of(List.of(new Group(List.of(rack, row)))).admits(ENG, PLACE)).isFalse();
        assertThat(
                        of(List.of(new Group(List.of(row)), new Group(List.of(rack))))
                                .admits(ENG, PLACE))
                .isTrue();
    }

    @Test
    void leavesOtherRolesAlone() {
        var row = new AttributeConstraint(new Selector.Named("row"), new Condition.Exists());
        var constraints = of(List.of(new Group(List.of(row))));

        assertThat(constraints.admits(new Role("ops"), PLACE)).isTrue();
        assertThat(OfferConstraints.NONE.admits(ENG, PLACE)).isTrue();
    }

    private static OfferConstraints of(List<Group> groups) {
        return new OfferConstraints(new TreeMap<>(Map.of(ENG, groups)), Opaque.EMPTY);
    }

    private static boolean holds(Selector selector, Condition condition) {
        return new AttributeConstraint(selector, condition).admits(PLACE);
    }

    private static List<Boolean> judged(Selector selector, Place place) {
        return CONDITIONS.stream()
                .map(condition -> new AttributeConstraint(selector, condition).admits(place))
                .toList();
    }
}
