package io.meseta.master.core.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.role.QuotaProblem.GuaranteesPassed;
import io.meseta.master.core.role.QuotaProblem.LimitsPassed;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuotaTreeTest {

    private static final Role ENG = new Role("eng");
    private static final Role DEV = new Role("eng/dev");
    private static final Role QA = new Role("eng/qa");
    private static final Role SALES = new Role("sales");

    @Test
    void takesGuaranteesThatAddUpToThoseAbove() {
        var tree =
                new QuotaTree(
                        Map.of(
                                ENG, guarantee("cpus:3"),
                                DEV, guarantee("cpus:1"),
                                QA, guarantee("cpus:2")));

        assertThat(tree.problem()).isEmpty();
        assertThat(tree.guarantees()).isEqualTo(quantities("cpus:3"));
    }

    @Test
    void refusesMoreBelowThanIsPromisedAbove() {
        var tree =
                new QuotaTree(
                        Map.of(
                                ENG, guarantee("cpus:3"),
                                DEV, guarantee("cpus:2"),
                                QA, guarantee("cpus:2")));

        assertThat(tree.problem())
                .contains(new GuaranteesPassed(ENG, quantities("cpus:3"), quantities("cpus:4")));
    }

    @Test
    void refusesAGuaranteeBelowARoleWithoutOne() {
        assertThat(new QuotaTree(Map.of(DEV, guarantee("cpus:1"))).problem())
                .contains(new GuaranteesPassed(ENG, Quantities.NONE, quantities("cpus:1")));
    }

    @Test
    void refusesALimitBeyondAnyAbove() {
        var deep = new Role("eng/dev/web");
        var tree = new QuotaTree(Map.of(ENG, limit("cpus", 3), deep, limit("cpus", 4)));

        assertThat(tree.problem())
                .contains(
                        new LimitsPassed(
                                deep, limit("cpus", 4).limits(), ENG, limit("cpus", 3).limits()));
    }

    @Test
    void addsUpTheTopmostGuaranteesOnly() {
        var tree =
                new QuotaTree(
                        Map.of(
                                ENG, guarantee("cpus:3"),
                                DEV, guarantee("cpus:1"),
                                SALES, guarantee("mem:5")));

        assertThat(tree.guarantees()).isEqualTo(quantities("cpus:3;mem:5"));
    }

    private static Quota guarantee(String amounts) {
        return new Quota(quantities(amounts), Limits.NONE);
    }

    private static Quota limit(String name, long units) {
        return new Quota(Quantities.NONE, new Limits(new TreeMap<>(Map.of(name, units * 1_000))));
    }

    private static Quantities quantities(String amounts) {
        return Quantities.of(Resources.parse(amounts));
    }
}
