package io.meseta.allocator.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final long SEED = 20261124;

    private static final class Person implements Line.Waiting {
        final int name;
        double share;
        double weight = 1;

        Person(int name) {
            this.name = name;
        }

        @Override
        public double weight() {
            return weight;
        }
    }

    private static final Comparator<Person> ORDER =
            Comparator.<Person>comparingDouble(person -> person.share)
                    .thenComparingInt(person -> person.name);

    @Test
    void staysInOrderWhileSharesChange() {
        for (long seed = SEED; seed < SEED + 50; seed++) {
            var random = new SplittableRandom(seed);
            var people = people(20);
            var line = line(people);
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(4) == 0) line.at(0);
                var one = people.get(random.nextInt(people.size()));
                double share = random.nextInt(8);
                line.move(one, () -> one.share = share);

                people.sort(ORDER);
                var shown = new ArrayList<Person>();
                for (int place = 0; place < line.size(); place++) shown.add(line.at(place));
                assertThat(shown).as("seed %d", seed).isEqualTo(people);
            }
        }
    }

    @Test
    void drawsEachOnceInATurn() {
        var people = people(30);
        var line = line(people);
        var dice = new Dice(SEED);
        for (int turn = 1; turn < 50; turn++) {
            var drawn = new ArrayList<Person>();
            for (int place = 0; place < 30; place++) drawn.add(line.drawn(place, turn, dice));

            assertThat(drawn).containsExactlyInAnyOrderElementsOf(people);
            assertThat(line.drawn(7, turn, dice)).isEqualTo(drawn.get(7));
        }
    }

    @Test
    void drawsByWeight() {
        var people = people(3);
        people.get(2).weight = 2;
        var line = line(people);
        var dice = new Dice(SEED);
        int heavy = 0;
        int turns = 10_000;
        for (int turn = 1; turn <= turns; turn++) if (line.drawn(0, turn, dice).name == 2) heavy++;

        assertThat(heavy / (double) turns).isBetween(0.48, 0.52);
    }

    private static List<Person> people(int count) {
        var people = new ArrayList<Person>();
        for (int i = 0; i < count; i++) people.add(new Person(i));
        return people;
    }

    private static Line<Person> line(List<Person> people) {
        var line = new Line<>(ORDER);
        people.forEach(line::add);
        return line;
    }
}
