package io.meseta.master.views;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// In open mode everybody sees everything.
@Configuration(proxyBeanMethods = false)
public class ViewsConfiguration {

    @Bean
    Viewers viewers() {
        return _ -> Visibility.ALL;
    }
}
