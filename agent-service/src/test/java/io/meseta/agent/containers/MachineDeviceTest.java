package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.runtime.plan.Device.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineDeviceTest {

    @Test
    void readsADevicesKindAndNumbers() {
        var zero = MachineDevice.read(Path.of("/dev/zero"));

        assertThat(zero.path()).isEqualTo("/dev/zero");
        assertThat(zero.kind()).isEqualTo(Kind.CHARACTER);
        assertThat(zero.major()).isEqualTo(1);
        assertThat(zero.minor()).isEqualTo(5);
        assertThat(zero.mode()).isEqualTo(0666);
    }

    @Test
    void knowsNumbersBeyondEightBits() {
        // makedev(0x12345678, 0xabcdef01), by glibc
        assertThat(MachineDevice.major(0x12345abcdef67801L)).isEqualTo(0x12345678);
        assertThat(MachineDevice.minor(0x12345abcdef67801L)).isEqualTo(0xabcdef01L);
        // makedev(3, 0x10003)
        assertThat(MachineDevice.major(0x10000303)).isEqualTo(3);
        assertThat(MachineDevice.minor(0x10000303)).isEqualTo(0x10003);
    }

    @Test
    void refusesWhatIsNoDevice(@TempDir Path directory) {
        assertThatThrownBy(() -> MachineDevice.read(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is none");
        assertThatThrownBy(() -> MachineDevice.read(directory.resolve("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no");
    }
}
