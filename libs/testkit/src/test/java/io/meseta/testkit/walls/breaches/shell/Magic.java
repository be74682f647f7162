package io.meseta.testkit.walls.breaches.shell;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Planted: a component, field injection, a bean and a schedule out of place, a transaction.
@Component
class Magic {

    @Autowired private String injected = "";

    @Bean
    String bean() {
        return injected;
    }

    @Scheduled(fixedDelay = 1000)
    void tick() {}

    @Transactional
    void write(@Value("${x}") String value) {
        injected = value;
    }
}
