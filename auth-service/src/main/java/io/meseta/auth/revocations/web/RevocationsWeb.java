package io.meseta.auth.revocations.web;

import io.meseta.auth.revocations.RevocationsDesk;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Revocation over HTTP.
@Configuration(proxyBeanMethods = false)
public class RevocationsWeb {

    @Bean
    RevocationsController revocationsController(RevocationsDesk desk) {
        return new RevocationsController(desk);
    }
}
