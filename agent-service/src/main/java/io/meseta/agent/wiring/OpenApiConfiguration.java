package io.meseta.agent.wiring;

import io.meseta.platform.access.PathPolicy;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/// The document that describes our own REST.
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:io/meseta/agent/wiring/openapi.properties")
public class OpenApiConfiguration {

    /// The document says what could be read in our sources.
    @Bean
    PathPolicy openApiPolicy() {
        return PathPolicy.forEverybody(
                "/api/meseta/v1/openapi/**", "It describes every agent alike.");
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Meseta agent")
                                .version("v1")
                                .description(
                                        "What an agent offers beside the API of Apache Mesos."))
                // The same whoever asks, so that the document can be compared.
                .servers(List.of(new Server().url("/")))
                .components(new Components().addSchemas("Problem", problem()));
    }

    /// RFC 9457, with the id under which the log knows the request.
    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("requestId", new StringSchema());
    }
}
