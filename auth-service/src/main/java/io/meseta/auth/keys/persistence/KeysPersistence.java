package io.meseta.auth.keys.persistence;

import io.meseta.auth.keys.Keys;
import io.meseta.auth.keys.PassingKeys;
import io.meseta.platform.open.OpenModeProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Keys in the database, or in memory.
@Configuration(proxyBeanMethods = false)
public class KeysPersistence {

    /// In open mode no key is worth keeping, and none that is kept is touched.
    @Bean
    Keys keys(KeyRows rows, OpenModeProperties mode) {
        return mode.open() ? new PassingKeys() : new DatabaseKeys(rows);
    }
}
