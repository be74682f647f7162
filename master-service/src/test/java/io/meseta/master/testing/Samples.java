package io.meseta.master.testing;

import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;

/// Things that many tests need, said shortly.
public final class Samples {

    /// A framework that knows everything new.
    public static final String MODERN =
            """
            {"user":"root","name":"modern","roles":["dev"],"failover_timeout":60.0,\
            "capabilities":[{"type":"MULTI_ROLE"},{"type":"RESERVATION_REFINEMENT"},\
            {"type":"PARTITION_AWARE"},{"type":"TASK_KILLING_STATE"}]}\
            """;

    /// A framework that says what it must and nothing else.
    public static final String PLAIN = "{\"user\":\"root\",\"name\":\"plain\"}";

    private Samples() {}

    public static Resource scalar(String name, double value) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    public static Resource ports(long begin, long end) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(
                        Value.Ranges.newBuilder()
                                .addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end)))
                .build();
    }

    /// Reads `name:text`, or `name:5` as a number.
    public static Attribute attribute(String text) {
        var parts = text.split(":", 2);
        var attribute = Attribute.newBuilder().setName(parts[0]);
        if (parts[1].matches("[0-9.]+"))
            return attribute
                    .setType(Value.Type.SCALAR)
                    .setScalar(Value.Scalar.newBuilder().setValue(Double.parseDouble(parts[1])))
                    .build();
        return attribute
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(parts[1]))
                .build();
    }

    /// A task of half a CPU that sleeps, on an agent.
    public static String task(String id, String agent) {
        return task(id, agent, "\"command\":{\"value\":\"sleep 100\"}");
    }

    /// The same with other members beside its name, place and resources.
    public static String task(String id, String agent, String members) {
        return """
        {"name":"%s","task_id":{"value":"%s"},"agent_id":{"value":"%s"},"resources":[\
        {"name":"cpus","type":"SCALAR","scalar":{"value":0.5}},\
        {"name":"mem","type":"SCALAR","scalar":{"value":32}}],%s}\
        """
                .formatted(id, id, agent, members);
    }
}
