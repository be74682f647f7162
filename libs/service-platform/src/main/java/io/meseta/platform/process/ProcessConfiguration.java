package io.meseta.platform.process;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What there is to be told of this process.
@Configuration(proxyBeanMethods = false)
public class ProcessConfiguration {

    @Bean(destroyMethod = "close")
    LogLevels logLevels(LoggingSystem logging) {
        return new LogLevels(logging);
    }

    @Bean
    LogFile logFile(Environment environment) {
        var file = org.springframework.boot.logging.LogFile.get(environment);
        return new LogFile(Optional.ofNullable(file).map(each -> Path.of(each.toString())));
    }
}
