package io.meseta.master.rendering;

import io.meseta.master.doors.ReaderLimit;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.views.Viewers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one renderer of this master.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RenderingProperties.class)
public class RenderingConfiguration {

    @Bean(destroyMethod = "stop")
    Renderer renderer(
            RenderingProperties limits,
            ObjectProvider<Leadership> leadership,
            MeterRegistry meters) {
        var renderer =
                new Renderer(
                        limits,
                        () ->
                                leadership
                                        .getObject()
                                        .writer()
                                        .filter(writer -> writer.waiting() > 0)
                                        .isPresent());
        FunctionCounter.builder("meseta.master.renderings", renderer, Renderer::renderings)
                .description("Documents that show the whole cluster, each rendered once for all")
                .register(meters);
        return renderer;
    }

    @Bean
    FullAnswers fullAnswers(Renderer renderer, ReaderLimit readers, Viewers viewers) {
        return new FullAnswers(renderer, readers, viewers);
    }
}
