package io.meseta.master.maintenance;

import io.meseta.authorization.Action;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.doors.Exchange;
import io.meseta.master.rights.Rights;
import io.meseta.mesos.v1.maintenance.ClusterStatus;
import io.meseta.mesos.v1.maintenance.Schedule;
import io.meseta.mesos.v1.master.Response;
import java.util.function.Predicate;

/// What is known of machines under maintenance, as far as the caller may see them. What frameworks
/// have answered is the leader's memory: a master that does not lead knows no answers.
public final class MaintenanceAnswers {

    private final Exchange exchange;
    private final Rights rights;
    private final Cluster cluster;

    public MaintenanceAnswers(Exchange exchange, Rights rights, Cluster cluster) {
        this.exchange = exchange;
        this.rights = rights;
        this.cluster = cluster;
    }

    public Schedule schedule() {
        return MachineWriting.schedule(
                cluster.upkeep().maintenance(), sight(Action.GET_MAINTENANCE_SCHEDULE));
    }

    ClusterStatus status() {
        return MachineWriting.status(cluster, sight(Action.GET_MAINTENANCE_STATUS));
    }

    public Response.Builder scheduleResponse() {
        return Response.newBuilder()
                .setType(Response.Type.GET_MAINTENANCE_SCHEDULE)
                .setGetMaintenanceSchedule(
                        Response.GetMaintenanceSchedule.newBuilder().setSchedule(schedule()));
    }

    public Response.Builder statusResponse() {
        return Response.newBuilder()
                .setType(Response.Type.GET_MAINTENANCE_STATUS)
                .setGetMaintenanceStatus(
                        Response.GetMaintenanceStatus.newBuilder().setStatus(status()));
    }

    private Predicate<MachineId> sight(Action action) {
        return machine -> rights.upkeep(exchange.caller(), action, machine).isAllowed();
    }
}
