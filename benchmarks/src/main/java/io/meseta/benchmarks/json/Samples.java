package io.meseta.benchmarks.json;

import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Attribute;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.Filters;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.Label;
import io.meseta.mesos.v1.Labels;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;

/// Messages as frameworks send and get them.
final class Samples {

    private static final String MASTER = "5f3f2e0c-4a59-4d5e-9f0a-2f6f4d2c8f11";

    private Samples() {}

    static Event offers() {
        var offers = Event.Offers.newBuilder();
        for (int i = 0; i < 3; i++) offers.addOffers(offer(i));
        return Event.newBuilder().setType(Event.Type.OFFERS).setOffers(offers).build();
    }

    static Call accept() {
        var launch = Offer.Operation.Launch.newBuilder();
        for (int i = 0; i < 2; i++) launch.addTaskInfos(task(i));
        return Call.newBuilder()
                .setType(Call.Type.ACCEPT)
                .setFrameworkId(framework())
                .setAccept(
                        Call.Accept.newBuilder()
                                .addOfferIds(OfferID.newBuilder().setValue(MASTER + "-O17"))
                                .addOperations(
                                        Offer.Operation.newBuilder()
                                                .setType(Offer.Operation.Type.LAUNCH)
                                                .setLaunch(launch))
                                .setFilters(Filters.newBuilder().setRefuseSeconds(2.5)))
                .build();
    }

    private static Offer offer(int number) {
        return Offer.newBuilder()
                .setId(OfferID.newBuilder().setValue(MASTER + "-O" + number))
                .setFrameworkId(framework())
                .setAgentId(agent(number))
                .setHostname("agent-" + number + ".example.org")
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("dev"))
                .addResources(scalar("cpus", 3.5))
                .addResources(scalar("mem", 14_848))
                .addResources(scalar("disk", 102_400))
                .addResources(ports())
                .addAttributes(attribute("rack", "r" + number))
                .addAttributes(attribute("zone", "eu-1a"))
                .build();
    }

    private static TaskInfo task(int number) {
        return TaskInfo.newBuilder()
                .setName("web." + number)
                .setTaskId(TaskID.newBuilder().setValue("web." + number + "." + MASTER))
                .setAgentId(agent(0))
                .addResources(scalar("cpus", 0.25))
                .addResources(scalar("mem", 256))
                .setCommand(
                        CommandInfo.newBuilder()
                                .setValue("exec ./serve --port \"$PORT\" --name 'web'")
                                .setUser("nobody")
                                .addUris(
                                        CommandInfo.URI
                                                .newBuilder()
                                                .setValue("https://files.example.org/web.tgz"))
                                .setEnvironment(
                                        Environment.newBuilder()
                                                .addVariables(variable("PORT", "31000"))
                                                .addVariables(variable("STAGE", "test"))))
                .setLabels(
                        Labels.newBuilder()
                                .addLabels(Label.newBuilder().setKey("team").setValue("a")))
                .build();
    }

    private static FrameworkID framework() {
        return FrameworkID.newBuilder().setValue(MASTER + "-0001").build();
    }

    private static AgentID agent(int number) {
        return AgentID.newBuilder().setValue(MASTER + "-S" + number).build();
    }

    private static Resource scalar(String name, double amount) {
        return resource(name, Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    private static Resource ports() {
        var range = Value.Range.newBuilder().setBegin(31_000).setEnd(32_000);
        return resource("ports", Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder().addRange(range))
                .build();
    }

    private static Resource.Builder resource(String name, Value.Type type) {
        return Resource.newBuilder()
                .setName(name)
                .setType(type)
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("dev"));
    }

    private static Attribute attribute(String name, String text) {
        return Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(text))
                .build();
    }

    private static Environment.Variable variable(String name, String value) {
        return Environment.Variable.newBuilder().setName(name).setValue(value).build();
    }
}
