package io.meseta.auth.keys.web;

import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.web.Once;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Keys over HTTP.
@Configuration(proxyBeanMethods = false)
public class KeysWeb {

    @Bean
    KeysController keysController(KeysDesk desk, Once once, InstantSource time) {
        return new KeysController(desk, once, time);
    }
}
