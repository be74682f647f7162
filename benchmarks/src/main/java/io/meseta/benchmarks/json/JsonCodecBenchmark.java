package io.meseta.benchmarks.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One message, both ways, by both codecs.
///
/// Both start from and end in bytes, since bytes are what HTTP takes and gives. Each reads what it
/// has itself written.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class JsonCodecBenchmark {

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    /// An OFFERS event with three offers, or an ACCEPT call that launches two tasks.
    @Param({"OFFERS", "ACCEPT"})
    public String sample = "";

    private Message message = Samples.offers();
    private byte[] ours = new byte[0];
    private byte[] protobufs = new byte[0];

    /// Makes the message and checks that both codecs can read it back.
    @Setup
    public void prepare() throws UnreadableJson, InvalidProtocolBufferException {
        message = sample.equals("OFFERS") ? Samples.offers() : Samples.accept();
        ours = writeOurs();
        protobufs = writeProtobufs();
        readOurs();
        readProtobufs();
    }

    /// Message to bytes, ours.
    @Benchmark
    public byte[] writeOurs() {
        return MesosJson.write(message);
    }

    /// Message to bytes, protobuf's.
    @Benchmark
    public byte[] writeProtobufs() throws InvalidProtocolBufferException {
        return PRINTER.print(message).getBytes(UTF_8);
    }

    /// Bytes to message, ours.
    @Benchmark
    public Message readOurs() throws UnreadableJson {
        return MesosJson.read(ours, message, JsonLimits.DEFAULT);
    }

    /// Bytes to message, protobuf's.
    @Benchmark
    public Message readProtobufs() throws InvalidProtocolBufferException {
        var builder = message.newBuilderForType();
        PARSER.merge(new String(protobufs, UTF_8), builder);
        return builder.build();
    }
}
