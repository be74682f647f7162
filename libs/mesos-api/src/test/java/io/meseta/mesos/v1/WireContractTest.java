package io.meseta.mesos.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.meseta.mesos.v1.agent.AgentProtos;
import io.meseta.mesos.v1.allocator.AllocatorProtos;
import io.meseta.mesos.v1.executor.ExecutorProtos;
import io.meseta.mesos.v1.maintenance.MaintenanceProtos;
import io.meseta.mesos.v1.master.MasterProtos;
import io.meseta.mesos.v1.quota.QuotaProtos;
import io.meseta.mesos.v1.resourceprovider.ResourceProviderProtos;
import io.meseta.mesos.v1.scheduler.SchedulerProtos;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.mesos.v1.Protos;
import org.junit.jupiter.api.Test;

/// Our messages are those of Mesos: each line below says all that a wire cares for about one field
/// or enum value, and the lines of both sides must be the same.
class WireContractTest {

    /// What Mesos got after the release that the published artifact is of; a message stands for all
    /// that it holds.
    private static final Set<String> LATER_THAN_THE_ARTIFACT =
            Set.of(
                    "mesos.v1.CapabilityInfo.Capability.BPF",
                    "mesos.v1.CapabilityInfo.Capability.CHECKPOINT_RESTORE",
                    "mesos.v1.CapabilityInfo.Capability.PERFMON",
                    "mesos.v1.MasterInfo.Capability.Type.QUOTA_V2",
                    "mesos.v1.ResourceStatistics.RatePercentiles",
                    "mesos.v1.ResourceStatistics.RateStatistics",
                    "mesos.v1.ResourceStatistics.mem_kmem_tcp_usage_bytes",
                    "mesos.v1.ResourceStatistics.mem_kmem_usage_bytes",
                    "mesos.v1.ResourceStatistics.net_ephemeral_ports",
                    "mesos.v1.ResourceStatistics.net_rate_statistics",
                    "mesos.v1.ResourceStatistics.net_rx_burst_rate_limit",
                    "mesos.v1.ResourceStatistics.net_rx_burst_size",
                    "mesos.v1.ResourceStatistics.net_rx_rate_limit",
                    "mesos.v1.ResourceStatistics.net_tx_burst_rate_limit",
                    "mesos.v1.ResourceStatistics.net_tx_burst_size",
                    "mesos.v1.ResourceStatistics.net_tx_rate_limit");

    /// What Mesos never had: optional, and with numbers that it would not come to.
    private static final Map<String, Integer> OURS_ALONE = Map.of("mesos.v1.Request.labels", 170);

    private static final List<FileDescriptor> OURS =
            List.of(
                    MesosProtos.getDescriptor(),
                    SchedulerProtos.getDescriptor(),
                    ExecutorProtos.getDescriptor(),
                    MasterProtos.getDescriptor(),
                    AgentProtos.getDescriptor(),
                    ResourceProviderProtos.getDescriptor(),
                    MaintenanceProtos.getDescriptor(),
                    QuotaProtos.getDescriptor(),
                    AllocatorProtos.getDescriptor());

    private static final List<FileDescriptor> THEIRS =
            List.of(
                    Protos.getDescriptor(),
                    org.apache.mesos.v1.scheduler.Protos.getDescriptor(),
                    org.apache.mesos.v1.executor.Protos.getDescriptor(),
                    org.apache.mesos.v1.master.Protos.getDescriptor(),
                    org.apache.mesos.v1.agent.Protos.getDescriptor(),
                    org.apache.mesos.v1.resource_provider.Protos.getDescriptor(),
                    org.apache.mesos.v1.maintenance.Protos.getDescriptor(),
                    org.apache.mesos.v1.quota.Protos.getDescriptor(),
                    org.apache.mesos.v1.allocator.Protos.getDescriptor());

    @Test
    void lacksNothingThatMesosHas() {
        var missing = new TreeMap<>(lines(THEIRS));
        missing.entrySet().removeAll(lines(OURS).entrySet());

        assertThat(missing).isEmpty();
    }

    @Test
    void addsOnlyWhatMesosGotLaterAndLittleOfItsOwn() {
        var added = new TreeSet<>(lines(OURS).keySet());
        added.removeAll(lines(THEIRS).keySet());
        added.removeIf(
                name -> LATER_THAN_THE_ARTIFACT.contains(name.substring(0, name.lastIndexOf('.'))));

        var known = new TreeSet<>(LATER_THAN_THE_ARTIFACT);
        known.addAll(OURS_ALONE.keySet());
        assertThat(added).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void keepsOutOfTheWayOfMesos() {
        var field = Request.getDescriptor().findFieldByName("labels");

        assertThat(field.getNumber()).isEqualTo(OURS_ALONE.get(field.getFullName()));
        assertThat(field.isRequired()).isFalse();
    }

    @Test
    void keepsTheFileNamesAndPackages() {
        var theirs = new HashSet<String>();
        for (var file : THEIRS) theirs.add(file.getFullName() + " " + file.getPackage());

        for (var file : OURS) {
            assertThat(theirs).contains(file.getFullName() + " " + file.getPackage());
        }
    }

    private static Map<String, String> lines(List<FileDescriptor> files) {
        var lines = new TreeMap<String, String>();
        for (var file : files) {
            file.getEnumTypes().forEach(type -> add(lines, type));
            file.getMessageTypes().forEach(type -> add(lines, type));
        }
        return lines;
    }

    private static void add(Map<String, String> lines, EnumDescriptor type) {
        for (var value : type.getValues()) {
            var isDeprecated = value.getOptions().getDeprecated();
            lines.put(
                    type.getFullName() + "." + value.getName(),
                    value.getNumber() + (isDeprecated ? " deprecated" : ""));
        }
    }

    private static void add(Map<String, String> lines, Descriptor type) {
        lines.put(type.getFullName(), "message");
        type.getEnumTypes().forEach(nested -> add(lines, nested));
        type.getNestedTypes().forEach(nested -> add(lines, nested));
        for (var field : type.getFields()) lines.put(field.getFullName(), line(field));
    }

    private static String line(FieldDescriptor field) {
        var line = new StringBuilder().append(field.getNumber());
        line.append(field.isRepeated() ? " repeated" : field.isRequired() ? " required" : "");
        line.append(' ').append(field.getType());
        if (field.getJavaType() == JavaType.MESSAGE) {
            line.append(' ').append(field.getMessageType().getFullName());
        }
        if (field.getJavaType() == JavaType.ENUM) {
            line.append(' ').append(field.getEnumType().getFullName());
        }
        if (field.isPacked()) line.append(" packed");
        if (field.hasDefaultValue()) line.append(" default ").append(defaultValue(field));
        if (field.getOptions().getDeprecated()) line.append(" deprecated");
        var oneof = field.getRealContainingOneof();
        if (oneof != null) line.append(" oneof ").append(oneof.getName());
        return line.toString();
    }

    private static Object defaultValue(FieldDescriptor field) {
        var value = field.getDefaultValue();
        return value instanceof EnumValueDescriptor named ? named.getName() : value;
    }
}
