package io.meseta.gateway.console;

import io.meseta.platform.access.PathPolicy;
import java.time.Duration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The console's files and the headers that keep a page what it is.
@Configuration(proxyBeanMethods = false)
public class ConsoleConfiguration {

    private static final String FILES = "META-INF/resources/console/";

    @Bean
    ConsoleController consoleController() {
        return new ConsoleController(new ClassPathResource(FILES + "index.html"));
    }

    /// Their names hold a hash of what is in them.
    @Bean
    WebMvcConfigurer consoleFiles() {
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/assets/**")
                        .addResourceLocations("classpath:/" + FILES + "assets/")
                        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
            }
        };
    }

    @Bean
    PathPolicy consolePolicy() {
        return PathPolicy.forEverybody("/assets/**", "The files hold nothing but the console.");
    }

    @Bean
    FilterRegistrationBean<ConsoleHeaders> consoleHeaders() {
        var filter = new FilterRegistrationBean<>(new ConsoleHeaders());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return filter;
    }
}
