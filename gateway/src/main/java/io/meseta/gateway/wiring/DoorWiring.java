package io.meseta.gateway.wiring;

import io.meseta.gateway.door.DoorConfiguration;
import io.meseta.platform.access.PathPolicy;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;

/// What the door is told by the settings, and the document that describes our own routes.
@Configuration(proxyBeanMethods = false)
@Import(DoorConfiguration.class)
@PropertySource("classpath:io/meseta/gateway/openapi.properties")
public class DoorWiring {

    @Bean
    DoorConfiguration.LogRule logRule(GatewayProperties settings) {
        return new DoorConfiguration.LogRule(settings.accessLog());
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Meseta gateway")
                                .version("v1")
                                .description("Sessions of browsers, and the services behind."))
                // The same whoever asks, so that the document can be compared.
                .servers(List.of(new Server().url("/")));
    }

    @Bean
    PathPolicy openApiPolicy() {
        return PathPolicy.forTheKnown("/api/gateway/v1/openapi/**");
    }
}
