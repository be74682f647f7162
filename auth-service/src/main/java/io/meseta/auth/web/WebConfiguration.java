package io.meseta.auth.web;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.secrets.Seal;
import io.meseta.platform.access.CallerAddress;
import io.meseta.platform.access.PathPolicy;
import io.meseta.platform.identity.Callers;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/// What all resources share, and the document that describes them.
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/meseta/auth/web/openapi.properties")
public class WebConfiguration {

    @Bean
    RefusalAdvice refusalAdvice() {
        return new RefusalAdvice();
    }

    @Bean
    Once once(Ledger ledger, Answered answered, Seal seal, JsonMapper mapper) {
        return new Once(ledger, answered, seal, mapper);
    }

    @Bean
    WebMvcConfigurer auditedCallers(Callers callers, CallerAddress addresses) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ByParameter(callers, addresses));
            }
        };
    }

    @Bean
    PathPolicy openApiPolicy() {
        return PathPolicy.forEverybody(
                "/auth/v1/openapi/**", "It describes the API, which is in the open source anyway.");
    }

    @Bean
    OpenAPI openApi() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Meseta auth-service")
                                .version("v1")
                                .description(
                                        "Who is who, who belongs to what, and what policies say."
                                                + " Refusals are problem documents (RFC 9457)."))
                // The same whoever asks, so that the document can be compared.
                .servers(List.of(new Server().url("/")));
    }
}
