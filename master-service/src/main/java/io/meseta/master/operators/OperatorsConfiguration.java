package io.meseta.master.operators;

import io.meseta.master.rights.Rights;
import io.meseta.master.about.Self;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.ReaderLimit;
import io.meseta.master.metrics.MesosMetrics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The operator API.
@Configuration(proxyBeanMethods = false)
public class OperatorsConfiguration {

    @Bean
    OperatorController operatorController(
            LeaderDoor door,
            CallReader reader,
            ReaderLimit readers,
            Self self,
            MesosMetrics metrics,
            CallCounts counts,
            Rights rights) {
        return new OperatorController(
                new OperatorApi(door, reader, readers, self, metrics, counts, rights), door, reader, rights);
    }
}
