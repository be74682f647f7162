package io.meseta.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.model.Disk.DiskSource;
import io.meseta.model.Disk.Persistence;
import io.meseta.model.Labels.Label;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Values that are kept in order, and printed: each part counts.
class OrderTest {

    /// What constructors make of one text.
    @FunctionalInterface
    interface Making {
        Comparable<?> of(String text);
    }

    static Stream<Making> ids() {
        return Stream.of(
                AgentId::new,
                ContainerId::new,
                ExecutorId::new,
                FrameworkId::new,
                MasterId::new,
                OfferId::new,
                OperationId::new,
                TaskId::new);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void takesNoIdThatCannotBeOne(Making type) {
        assertThatThrownBy(() -> type.of("a/b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> type.of("/a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(type.of("a b")).hasToString("a b");
    }

    @Test
    void ordersIdsByTheirTexts() {
        assertThat(new AgentId("a")).isLessThan(new AgentId("b"));
        assertThat(new ContainerId("a")).isLessThan(new ContainerId("b"));
        assertThat(new ExecutorId("a")).isLessThan(new ExecutorId("b"));
        assertThat(new FrameworkId("a")).isLessThan(new FrameworkId("b"));
        assertThat(new MasterId("a")).isLessThan(new MasterId("b"));
        assertThat(new OfferId("a")).isLessThan(new OfferId("b"));
        assertThat(new OperationId("a")).isLessThan(new OperationId("b"));
        assertThat(new TaskId("a")).isLessThan(new TaskId("b"));
        assertThat(new Principal("a")).isLessThan(new Principal("b")).hasToString("a");
        assertThatThrownBy(() -> new Principal("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersKeysByTheirFrameworksFirst() {
        var task = new TaskKey(new FrameworkId("f"), new TaskId("t"));
        var executor = new ExecutorKey(new FrameworkId("f"), new ExecutorId("t"));

        assertThat(task)
                .hasToString("f/t")
                .isLessThan(new TaskKey(new FrameworkId("g"), new TaskId("a")));
        assertThat(task).isLessThan(new TaskKey(new FrameworkId("f"), new TaskId("u")));
        assertThat(executor)
                .hasToString("f/t")
                .isLessThan(new ExecutorKey(new FrameworkId("g"), new ExecutorId("a")))
                .isLessThan(new ExecutorKey(new FrameworkId("f"), new ExecutorId("u")));
    }

    @Test
    void ordersReservationsByRoleKindPrincipalAndLabels() {
        var dev = new Role("dev");
        var of = Reservation.ofStatic(dev);
        var by = new Reservation(Reservation.Type.DYNAMIC, dev, Optional.of("ann"), Labels.NONE);
        var with =
                new Reservation(
                        Reservation.Type.DYNAMIC, dev, Optional.of("ann"), Labels.of("k", "v"));

        assertThat(of).isLessThan(Reservation.ofDynamic(dev));
        assertThat(Reservation.ofDynamic(dev)).isLessThan(by);
        assertThat(by).isLessThan(with);
        assertThat(with).isLessThan(Reservation.ofStatic(new Role("ops")));
        assertThat(of).isEqualByComparingTo(Reservation.ofStatic(dev));
        assertThat(with).hasToString("(DYNAMIC,dev,ann,{k: v})");
    }

    @Test
    void ordersLabelsWhateverTheirOrderWas() {
        var a = new Label("a", Optional.empty());
        var b = new Label("b", Optional.of("1"));
        var c = new Label("b", Optional.of("2"));

        assertThat(new Labels(List.of(c, b, a))).isEqualTo(new Labels(List.of(a, b, c)));
        assertThat(new Labels(List.of(c, b, a))).hasToString("{a, b: 1, b: 2}");
        assertThat(new Labels(List.of(a))).isLessThan(new Labels(List.of(a, b)));
        assertThat(new Labels(List.of(a, b))).isLessThan(new Labels(List.of(a, c)));
        assertThat(new Labels(List.of(a, b))).isLessThan(new Labels(List.of(b)));
    }

    @Test
    void ordersAndPrintsDisks() {
        var path = source(DiskSource.Type.PATH, Optional.of("/mnt"), Optional.empty());
        var raw = source(DiskSource.Type.RAW, Optional.empty(), Optional.of("id"));
        var volume = new Persistence("v1", Optional.empty(), "data", Disk.Mode.RW);

        assertThat(path).hasToString("PATH:/mnt").isLessThan(raw);
        assertThat(raw).hasToString("RAW(vendor)(id,)");
        assertThat(new Disk(Optional.of(volume), Optional.of(path)))
                .hasToString("PATH:/mnt,v1:data");
        assertThat(new Disk(Optional.of(volume), Optional.empty())).hasToString("v1:data");
        assertThat(new Disk(Optional.empty(), Optional.of(path))).hasToString("PATH:/mnt");
        assertThat(new Disk(Optional.empty(), Optional.empty())).hasToString("");
        assertThatThrownBy(() -> new Persistence("a/b", Optional.empty(), "x", Disk.Mode.RW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsAnOperationOnlyWhereNothingCanFollow() {
        assertThat(EnumSet.allOf(OperationState.class).stream().filter(OperationState::isTerminal))
                .containsExactly(
                        OperationState.OPERATION_FINISHED,
                        OperationState.OPERATION_FAILED,
                        OperationState.OPERATION_ERROR,
                        OperationState.OPERATION_DROPPED,
                        OperationState.OPERATION_GONE_BY_OPERATOR);
    }

    @Test
    void limitsARoleToWhatItIsPromised() {
        var quota = Quota.exactly(Quantities.of(Map.of("cpus", 2L)));

        assertThat(quota.guarantees().amount("cpus")).isEqualTo(2);
        assertThat(quota.limits().contains(Quantities.of(Map.of("cpus", 3L)))).isFalse();
        assertThat(quota.limits().contains(Quantities.of(Map.of("cpus", 2L)))).isTrue();
    }

    private static DiskSource source(
            DiskSource.Type type, Optional<String> root, Optional<String> id) {
        var vendor = id.map(_ -> "vendor");
        return new DiskSource(type, root, id, Optional.empty(), vendor, Labels.NONE);
    }
}
