package io.meseta.platform;

import io.meseta.platform.access.AccessConfiguration;
import io.meseta.platform.bodies.BodiesConfiguration;
import io.meseta.platform.bundles.BundlesConfiguration;
import io.meseta.platform.credentials.CredentialsConfiguration;
import io.meseta.platform.direct.DirectConfiguration;
import io.meseta.platform.identity.IdentityConfiguration;
import io.meseta.platform.open.OpenModeConfiguration;
import io.meseta.platform.problems.ProblemsConfiguration;
import io.meseta.platform.process.ProcessConfiguration;
import io.meseta.platform.server.ServerConfiguration;
import io.meseta.platform.settings.SettingsConfiguration;
import io.meseta.platform.streams.StreamsConfiguration;
import io.meseta.platform.trace.TraceConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// All of the platform. A service imports it and adds its own rooms:
///
/// ```java
/// @SpringBootConfiguration
/// @EnableAutoConfiguration
/// @Import({PlatformConfiguration.class, WiringConfiguration.class})
/// public class MasterService {
///     public static void main(String[] args) {
///         ServiceStart.main(MasterService.class, args);
///     }
/// }
/// ```
@Configuration(proxyBeanMethods = false)
@Import({
    AccessConfiguration.class,
    BodiesConfiguration.class,
    BundlesConfiguration.class,
    CredentialsConfiguration.class,
    DirectConfiguration.class,
    IdentityConfiguration.class,
    OpenModeConfiguration.class,
    ProblemsConfiguration.class,
    ProcessConfiguration.class,
    ServerConfiguration.class,
    SettingsConfiguration.class,
    StreamsConfiguration.class,
    TraceConfiguration.class
})
public class PlatformConfiguration {}
