package io.meseta.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordReaderTest {

    @Test
    void readsRecordsOneByOne() throws IOException {
        var records = reader("3\nabc0\n2\nde");

        assertThat(records.next()).hasValue("abc".getBytes(UTF_8));
        assertThat(records.next()).hasValue(new byte[0]);
        assertThat(records.next()).hasValue("de".getBytes(UTF_8));
        assertThat(records.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "x", "-1\n", "3\nab", "12", "11\n", "99999999999\n", " 1\na"})
    void refusesBrokenFrames(String text) {
        assertThatThrownBy(() -> reader(text).next()).isInstanceOf(IOException.class);
    }

    private static RecordReader reader(String text) {
        return new RecordReader(new ByteArrayInputStream(text.getBytes(UTF_8)), 10);
    }
}
