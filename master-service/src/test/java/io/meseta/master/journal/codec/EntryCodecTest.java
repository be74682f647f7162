package io.meseta.master.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.v1.EntryRow;
import io.meseta.master.journal.v1.EventRow;
import io.meseta.master.journal.v1.FrameworkRemovedRow;
import io.meseta.master.journal.v1.TimeRow;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EntryCodecTest {

    private static final Epoch EPOCH = new Epoch(3);

    private final EntryCodec codec = new EntryCodec(new Build("1.0.0"));
    private final EntryCodec later = new EntryCodec(new Build("2.0.0"));

    @Test
    void saysWhichBuildIsNeededForAnUnknownKindOfEvent() {
        var unknown = EventRow.newBuilder().setUnknownFields(field(999)).build();
        var bytes = row(unknown).toByteArray();

        assertThatThrownBy(() -> codec.decode(12, EPOCH, bytes))
                .isInstanceOf(JournalFault.Unreadable.class)
                .hasMessageContaining("entry 12")
                .hasMessageContaining("build 1.0.0")
                .hasMessageContaining("run build 2.0.0");
    }

    /// To fold half of a fact would be worse than to stop.
    @Test
    void refusesAFieldThatALaterBuildHasAdded() {
        var removed =
                FrameworkRemovedRow.newBuilder()
                        .setFramework("f")
                        .setAt(TimeRow.newBuilder().setSeconds(1))
                        .setUnknownFields(field(77));
        var bytes = row(EventRow.newBuilder().setFrameworkRemoved(removed).build()).toByteArray();

        assertThatThrownBy(() -> codec.decode(1, EPOCH, bytes))
                .isInstanceOf(JournalFault.Unreadable.class)
                .hasRootCauseMessage("FrameworkRemovedRow has unknown fields [77]");
    }

    @Test
    void refusesAnEntryThatLacksWhatItMustHave() {
        var removed = FrameworkRemovedRow.newBuilder().setFramework("f");
        var bytes = row(EventRow.newBuilder().setFrameworkRemoved(removed).build()).toByteArray();

        assertThatThrownBy(() -> codec.decode(1, EPOCH, bytes))
                .isInstanceOf(JournalFault.Unreadable.class);
    }

    @Test
    void readsWhatAnotherBuildOfTheSameFormHasWritten() {
        for (var event : GoldenSamples.events()) {
            var entry = new Entry(1, EPOCH, GoldenValues.AT, List.<Event>of(event));

            assertThat(codec.decode(1, EPOCH, later.encode(entry))).isEqualTo(entry);
        }
    }

    /// The first and the last are pinned, so the numbers between can't have moved either: they are
    /// written in the `.proto` files, and matched by name.
    @Test
    void keepsTheNumbersOfItsCodes() {
        assertThat(Codes.TASK_STATES.of(TaskState.TASK_STAGING).getNumber()).isEqualTo(1);
        assertThat(Codes.TASK_STATES.of(TaskState.TASK_UNKNOWN).getNumber()).isEqualTo(14);
        assertThat(Codes.REASONS.of(StatusReason.REASON_COMMAND_EXECUTOR_FAILED).getNumber())
                .isEqualTo(1);
        assertThat(Codes.REASONS.of(StatusReason.REASON_AGENT_DRAINING).getNumber()).isEqualTo(35);
    }

    @Test
    void hasACodeForEveryConstantAndBack() {
        for (var state : TaskState.values())
            assertThat(Codes.TASK_STATES.from(Codes.TASK_STATES.of(state))).isEqualTo(state);
        for (var reason : StatusReason.values())
            assertThat(Codes.REASONS.from(Codes.REASONS.of(reason))).isEqualTo(reason);
    }

    private static EntryRow row(EventRow event) {
        return EntryRow.newBuilder()
                .setBuild("2.0.0")
                .setAt(TimeRow.newBuilder().setSeconds(1))
                .addEvents(event)
                .build();
    }

    private static UnknownFieldSet field(int number) {
        var field =
                UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFromUtf8("new"))
                        .build();
        return UnknownFieldSet.newBuilder().addField(number, field).build();
    }
}
