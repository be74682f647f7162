package io.meseta.master.roles;

import io.meseta.master.doors.CallReader;
import io.meseta.master.past.Sights;
import io.meseta.master.rendering.FullAnswers;
import io.meseta.master.rights.Rights;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Roles, weights and quota for operators.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RolesProperties.class)
public class RolesConfiguration {

    @Bean
    RoleViews roleViews(RolesProperties properties) {
        return new RoleViews(properties);
    }

    @Bean
    RoleChanges roleChanges(Rights rights, RolesProperties properties) {
        return new RoleChanges(rights, properties);
    }

    @Bean
    RoleCalls roleCalls(FullAnswers full, Rights rights, RoleViews views, RoleChanges changes) {
        return new RoleCalls(full, rights, views, changes);
    }

    @Bean
    RolesController rolesController(
            Sights sights,
            CallReader reader,
            FullAnswers full,
            Rights rights,
            RoleViews views,
            RoleChanges changes) {
        return new RolesController(sights, reader, full, rights, views, changes);
    }
}
