package io.meseta.mesos.recordio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meseta.mesos.recordio.MalformedRecord.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {

    private final RecordDecoder decoder = new RecordDecoder(100);

    @Test
    void framesARecordWithItsLengthAndANewline() {
        assertThat(RecordWriter.frame(ascii("hello"))).asString().isEqualTo("5\nhello");
        assertThat(RecordWriter.frame(new byte[0])).asString().isEqualTo("0\n");
    }

    @Test
    void writesAFrameToAStream() throws IOException {
        var out = new ByteArrayOutputStream();

        RecordWriter.frame(ascii("{}"), out);
        RecordWriter.frame(ascii("a"), out);

        assertThat(out).hasToString("2\n{}1\na");
    }

    @Test
    void takesSeveralRecordsOutOfOnePiece() throws MalformedRecord {
        assertThat(decoder.feed(ascii("1\na0\n3\nb\nc")))
                .containsExactly(ascii("a"), ascii(""), ascii("b\nc"));
        decoder.end();
    }

    @Test
    void keepsAnUnfinishedRecordUntilTheRestHasCome() throws MalformedRecord {
        assertThat(decoder.feed(ascii("1"))).isEmpty();
        assertThat(decoder.feed(ascii("2\nhello "))).isEmpty();
        assertThat(decoder.feed(ascii("world!1\n"))).containsExactly(ascii("hello world!"));
        assertThat(decoder.feed(ascii("x"))).containsExactly(ascii("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "\n", "1x\na", "-1\na", " 1\na", "1 \na", "1\r\na", "0x1\na", "+1\na"})
    void refusesALengthThatIsNotANumber(String stream) {
        assertThat(refused(stream)).isEqualTo(Fault.LENGTH_NOT_A_NUMBER);
    }

    @Test
    void refusesALengthWithTooManyDigits() {
        assertThat(refused("00000000001\na")).isEqualTo(Fault.LENGTH_HAS_TOO_MANY_DIGITS);
    }

    @Test
    void refusesARecordAboveTheLimitBeforeItsContentComes() throws MalformedRecord {
        assertThat(new RecordDecoder(5).feed(ascii("5\nhello"))).hasSize(1);
        assertThat(refused("101")).isEqualTo(Fault.RECORD_TOO_LONG);
        assertThat(refused("9999999999")).isEqualTo(Fault.RECORD_TOO_LONG);
    }

    @Test
    void takesTheLargestLimitThatThereIs() throws MalformedRecord {
        var large = new RecordDecoder(Integer.MAX_VALUE);

        assertThat(large.feed(ascii("2147483647\nabc"))).isEmpty();

        assertThat(catchThrowableOfType(MalformedRecord.class, large::end))
                .hasMessage("The stream ended after 3 bytes of a record of 2147483647 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1\n", "3\nab", "1\na1"})
    void refusesAnEndInTheMiddle(String stream) throws MalformedRecord {
        decoder.feed(ascii(stream));

        var malformed = catchThrowableOfType(MalformedRecord.class, decoder::end);

        assertThat(malformed.fault()).isEqualTo(Fault.ENDED_EARLY);
    }

    @Test
    void staysFailedOnceItHasFailed() {
        var first = catchThrowableOfType(MalformedRecord.class, () -> decoder.feed(ascii("x")));
        var second = catchThrowableOfType(MalformedRecord.class, () -> decoder.feed(ascii("1\na")));
        var third = catchThrowableOfType(MalformedRecord.class, decoder::end);

        assertThat(second).isSameAs(first);
        assertThat(third).isSameAs(first);
    }

    @Test
    void readsRecordsOffAStream() throws IOException {
        try (var reader = new RecordReader(new ByteArrayInputStream(ascii("1\na0\n2\nbc")), 10)) {
            assertThat(reader.next()).contains(ascii("a"));
            assertThat(reader.next()).contains(ascii(""));
            assertThat(reader.next()).contains(ascii("bc"));
            assertThat(reader.next()).isEmpty();
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void tellsAReaderOfAStreamThatIsCutOff() throws IOException {
        try (var reader = new RecordReader(new ByteArrayInputStream(ascii("1\na2\nb")), 10)) {
            assertThat(reader.next()).contains(ascii("a"));

            var malformed = catchThrowableOfType(MalformedRecord.class, reader::next);

            assertThat(malformed.fault()).isEqualTo(Fault.ENDED_EARLY);
        }
    }

    private Fault refused(String stream) {
        return catchThrowableOfType(
                        MalformedRecord.class, () -> new RecordDecoder(100).feed(ascii(stream)))
                .fault();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
