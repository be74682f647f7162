package io.meseta.master.records;

import io.meseta.master.doors.LedAnswers;
import io.meseta.master.past.PastDoor;
import io.meseta.master.views.Viewers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pages of records.
@Configuration(proxyBeanMethods = false)
public class RecordsConfiguration {

    @Bean
    RecordsController recordsController(LedAnswers door, PastDoor past, Viewers viewers) {
        return new RecordsController(door, past, viewers);
    }
}
