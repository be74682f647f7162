package io.meseta.master.operators;

import io.meseta.master.about.Self;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.metrics.MesosMetrics;
import io.meseta.master.wire.Times;
import io.meseta.mesos.v1.Flag;
import io.meseta.mesos.v1.Metric;
import io.meseta.mesos.v1.master.Response;

/// What operators are told of this master itself.
final class Facts {

    private final Self self;
    private final MesosMetrics metrics;

    Facts(Self self, MesosMetrics metrics) {
        this.self = self;
        this.metrics = metrics;
    }

    Response.Builder health() {
        return Response.newBuilder()
                .setType(Response.Type.GET_HEALTH)
                .setGetHealth(Response.GetHealth.newBuilder().setHealthy(true));
    }

    Response.Builder version() {
        return Response.newBuilder()
                .setType(Response.Type.GET_VERSION)
                .setGetVersion(Response.GetVersion.newBuilder().setVersionInfo(self.version()));
    }

    Response.Builder flags() {
        var flags = Response.GetFlags.newBuilder();
        for (var flag : self.flags().entrySet())
            flags.addFlags(Flag.newBuilder().setName(flag.getKey()).setValue(flag.getValue()));
        return Response.newBuilder().setType(Response.Type.GET_FLAGS).setGetFlags(flags);
    }

    Response.Builder metrics() {
        var all = Response.GetMetrics.newBuilder();
        for (var figure : metrics.snapshot().entrySet())
            all.addMetrics(
                    Metric.newBuilder().setName(figure.getKey()).setValue(figure.getValue()));
        return Response.newBuilder().setType(Response.Type.GET_METRICS).setGetMetrics(all);
    }

    Response.Builder master(Leading leading) {
        return Response.newBuilder()
                .setType(Response.Type.GET_MASTER)
                .setGetMaster(
                        Response.GetMaster.newBuilder()
                                .setMasterInfo(self.info(leading.master()))
                                .setStartTime(Times.seconds(self.startedAt()))
                                .setElectedTime(Times.seconds(leading.since())));
    }
}
