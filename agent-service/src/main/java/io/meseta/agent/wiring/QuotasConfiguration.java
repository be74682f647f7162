package io.meseta.agent.wiring;

import io.meseta.agent.containers.Findings;
import io.meseta.agent.disk.SandboxQuotas;
import io.meseta.platform.start.StartRefused;
import io.meseta.runtime.doctor.Finding;
import io.meseta.runtime.quota.XfsQuotas;
import io.meseta.runtime.state.RuntimeFault;
import java.nio.file.Path;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Finds out who keeps sandboxes within what they have asked of the disk: their file system, or we
/// by watching.
@Configuration(proxyBeanMethods = false)
public class QuotasConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(QuotasConfiguration.class);
    private static final String TOPIC = "disk";

    /// What came of it.
    ///
    /// @param finding for whoever asks what this machine can do
    record Quotas(SandboxQuotas sandboxes, Finding finding) {}

    @Bean
    Quotas quotas(ContainerProperties properties, Path workDirectory) {
        var disk = properties.disk();
        var range = disk.range();
        if (range.isEmpty())
            return new Quotas(SandboxQuotas.none(), watched("quotas are switched off"));
        return switch (found(properties, workDirectory)) {
            case XfsQuotas.Found.Unusable(var why) -> {
                if (disk.enforced())
                    LOG.atInfo().addKeyValue("cause", why).log("Sandboxes are watched alone.");
                yield new Quotas(SandboxQuotas.none(), watched(why));
            }
            case XfsQuotas.Found.Usable(var quotas) -> {
                var text = "sandboxes can be kept within what they have asked for by XFS";
                var records = workDirectory.resolve("meta/sandbox-quotas");
                var kept =
                        disk.enforced()
                                ? SandboxQuotas.by(quotas, records, range.get())
                                : SandboxQuotas.none();
                yield new Quotas(kept, new Finding(TOPIC, Finding.Weight.GOOD, text, null));
            }
        };
    }

    private static Finding watched(String why) {
        return new Finding(
                TOPIC,
                Finding.Weight.LIMIT,
                "sandboxes are kept within what they have asked for by watching alone: " + why,
                null);
    }

    private static XfsQuotas.Found found(ContainerProperties properties, Path workDirectory) {
        try {
            return XfsQuotas.on(workDirectory, properties.engine().patience());
        } catch (RuntimeFault fault) {
            return new XfsQuotas.Found.Unusable(String.valueOf(fault.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartRefused("Looking for quotas was interrupted.");
        }
    }

    @Bean
    SandboxQuotas sandboxQuotas(Quotas quotas) {
        return quotas.sandboxes();
    }

    @Bean
    Findings findings(ContainersConfiguration.Engine engine, Quotas quotas) {
        var all = new ArrayList<>(engine.findings().all());
        all.add(quotas.finding());
        return new Findings(all);
    }
}
