package io.meseta.allocator.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Those of one level of the tree who wait for their turn on an agent, the first first.
///
/// In the order of shares, only one at a time has another share than before, so it is moved to its
/// new place and the others stay: sorting them all anew for each grant is what made allocations of
/// many frameworks slow. In the order of chance, as many are drawn as are asked for.
///
/// @param <T> a role, or a framework in a role
public final class Line<T extends Line.Waiting> {

    /// Somebody in a line.
    public interface Waiting {

        /// How likely it is drawn, beside the others; positive.
        double weight();
    }

    private final List<T> all = new ArrayList<>();
    private final Comparator<T> order;

    /// Whether all of them are in their order.
    private boolean isSorted;

    /// How many have been drawn in the turn, if chance decides.
    private int drawn;

    private int turn;

    /// @param order without ties
    public Line(Comparator<T> order) {
        this.order = order;
    }

    public void add(T one) {
        all.add(one);
        isSorted = false;
    }

    public int size() {
        return all.size();
    }

    /// The one at this place.
    public T at(int place) {
        if (!isSorted) all.sort(order);
        isSorted = true;
        return all.get(place);
    }

    /// The one at this place in the order that chance makes for a turn.
    public T drawn(int place, int number, Dice dice) {
        draw(place, number, dice);
        return all.get(place);
    }

    public List<T> all() {
        return all;
    }

    /// Lets the share of one of them change, and puts it where it belongs then.
    public void move(T one, Runnable change) {
        if (!isSorted) {
            change.run();
            return;
        }
        int before = place(one, 0);
        change.run();
        all.remove(before);
        // Mostly a share grows.
        boolean isLater = before < all.size() && order.compare(all.get(before), one) < 0;
        int after = place(one, isLater ? before : 0);
        all.add(after, one);
    }

    /// Where it is, or where it belongs if it is not there.
    private int place(T one, int from) {
        int low = from;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(all.get(middle), one) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void draw(int place, int number, Dice dice) {
        if (number != turn) drawn = 0;
        turn = number;
        isSorted = false;
        for (; drawn <= place; drawn++) {
            double left = 0;
            for (int i = drawn; i < all.size(); i++) left += all.get(i).weight();
            double aim = dice.fraction() * left;
            int chosen = drawn;
            double passed = all.get(chosen).weight();
            while (passed <= aim && chosen < all.size() - 1) passed += all.get(++chosen).weight();
            var one = all.get(chosen);
            all.set(chosen, all.get(drawn));
            all.set(drawn, one);
        }
    }
}
