package io.meseta.master.self;

import io.meseta.master.about.Self;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.rights.Rights;
import io.meseta.platform.process.LogFile;
import io.meseta.platform.process.LogLevels;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What a master tells of itself.
@Configuration(proxyBeanMethods = false)
public class SelfConfiguration {

    @Bean
    OwnLog ownLog(LogFile file) {
        return new OwnLog(file);
    }

    @Bean
    OwnCalls ownCalls(OwnLog log, LogLevels levels, Rights rights) {
        return new OwnCalls(log, levels, rights);
    }

    @Bean
    FilesController filesController(OwnLog log, Rights rights) {
        return new FilesController(log, rights);
    }

    @Bean
    MachineController machineController(LogLevels levels, Rights rights) {
        return new MachineController(levels, rights);
    }

    @Bean
    RegistryController registryController(Leadership leadership, Self self, Rights rights) {
        return new RegistryController(leadership, self, rights);
    }
}
