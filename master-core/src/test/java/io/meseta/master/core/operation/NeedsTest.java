package io.meseta.master.core.operation;

import static io.meseta.master.core.operation.OperationDrafts.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.play.Play;
import io.meseta.model.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NeedsTest {

    @Test
    void saysWhatIsNeededInAllAndWhatThereIs() {
        var needs = needs("cpus:1", "cpus:2;mem:64");

        assertThat(needs.lack(Resources.parse("cpus:2"), Play.DEV, "a task is"))
                .contains(
                        "Total resources cpus(allocated: dev):3; mem(allocated: dev):64 required by"
                                + " a task is more than available cpus(allocated: dev):2");
        assertThat(needs.lack(Resources.parse("cpus:3;mem:64"), Play.DEV, "a task is")).isEmpty();
    }

    @Test
    void saysOneAfterTheOtherWhatHasNoSum() {
        var needs =
                new Needs(
                        List.of(
                                Resources.of(volume("v", 10, true)),
                                Resources.of(volume("v", 20, true))));

        assertThat(needs.lack(Resources.EMPTY, Play.DEV, "two are").orElseThrow())
                .startsWith("Total resources disk(allocated: dev)")
                .contains("; disk(allocated: dev)")
                .endsWith(" required by two are more than available ");
    }

    private static Needs needs(String... each) {
        return new Needs(List.of(each).stream().map(Resources::parse).toList());
    }
}
