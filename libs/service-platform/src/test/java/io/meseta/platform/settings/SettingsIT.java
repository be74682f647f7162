package io.meseta.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.platform.TestApplication;
import io.meseta.platform.bodies.BodiesProperties;
import io.meseta.platform.open.OpenModeProperties;
import io.meseta.platform.start.StartRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

@ExtendWith(OutputCaptureExtension.class)
final class SettingsIT {

    /// Spring hands the format to the log by a system property, and leaves it there.
    @AfterEach
    void forgetTheFormat() {
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
    }

    @Test
    void hasDefaultsThatAreKnown() {
        try (var service = TestApplication.start()) {
            var context = service.context();

            assertThat(context.getBean(BodiesProperties.class).sizeMax())
                    .isEqualTo(DataSize.ofMegabytes(64));
            assertThat(context.getBean(LogProperties.class).format())
                    .isEqualTo(LogProperties.Format.TEXT);
            assertThat(context.getBean(OpenModeProperties.class).open()).isTrue();
            assertThat(context.getEnvironment().getProperty("server.address"))
                    .isEqualTo("127.0.0.1");
            assertThat(context.getEnvironment().getProperty("server.shutdown"))
                    .isEqualTo("graceful");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"meseta.opne=true", "meseta.bodies.sizemx=1MB", "meseta.log.format.x=y"})
    void refusesASettingThatNobodyTakes(String setting) {
        assertThatThrownBy(() -> TestApplication.start("--" + setting))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(setting.substring(0, setting.indexOf('=')))
                .hasMessageStartingWith("No such setting");
    }

    @Test
    void takesASettingHoweverItIsSpelled() {
        try (var service = TestApplication.start("--meseta.bodies.sizeMax=1MB")) {
            assertThat(service.context().getBean(BodiesProperties.class).sizeMax())
                    .isEqualTo(DataSize.ofMegabytes(1));
        }
    }

    @Test
    void refusesALimitThatIsNone() {
        assertThatThrownBy(() -> TestApplication.start("--meseta.bodies.size-max=0B"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasStackTraceContaining("meseta.bodies.size-max must be");
    }

    @Test
    void saysInOneLineWhyItWillNotStart(CapturedOutput output) {
        assertThatThrownBy(() -> TestApplication.start("--meseta.opne=true"))
                .isInstanceOf(StartRefused.class);

        assertThat(output.getErr())
                .isEqualTo("No such setting: meseta.opne. Correct it or take it away.\n");
        assertThat(output.getOut()).doesNotContain("\tat ", "APPLICATION FAILED");
    }

    @Test
    void saysInOneLineThatAPortIsTaken(CapturedOutput output) {
        try (var first = TestApplication.start()) {
            var port = first.port();

            assertThatThrownBy(() -> TestApplication.start("--server.port=" + port));

            assertThat(output.getErr())
                    .startsWith("Port " + port + " is taken: ")
                    .endsWith("--server.port.\n");
        }
    }

    @Test
    void logsForPeopleUnlessToldOtherwise(CapturedOutput output) {
        TestApplication.start().close();

        assertThat(output.getOut())
                .containsPattern("(?m)^\\S+Z? +WARN +\\[-] OpenModeConfiguration: OPEN MODE")
                .contains("port=\"");
    }

    @Test
    void logsJsonWhenToldTo(CapturedOutput output) {
        TestApplication.start("--meseta.log.format=json").close();

        assertThat(output.getOut())
                .containsPattern("(?m)^\\{\"@timestamp\":.*OPEN MODE.*\"port\":")
                .doesNotContainPattern("(?m)^[^{]");
    }
}
