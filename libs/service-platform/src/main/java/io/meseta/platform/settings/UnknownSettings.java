package io.meseta.platform.settings;

import io.meseta.platform.start.StartRefused;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Refuses to start when a `meseta.*` key was set that nothing took: a typo must not be silent.
///
/// It watches what the properties records bind, so it knows nested keys, lists and maps without a
/// list of its own. The environment's variables are left alone: they belong to the launcher too,
/// and their names do not say where a word ends.
final class UnknownSettings
        implements ConfigurationPropertiesBindHandlerAdvisor, SmartInitializingSingleton {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("meseta");

    private final ConfigurableEnvironment environment;
    private final Set<ConfigurationPropertyName> taken = ConcurrentHashMap.newKeySet();

    UnknownSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public BindHandler apply(BindHandler handler) {
        return new Taking(handler, taken);
    }

    @Override
    public void afterSingletonsInstantiated() {
        var unknown = new TreeSet<String>();
        for (var source : ConfigurationPropertySources.get(environment)) {
            names(source)
                    .filter(OURS::isAncestorOf)
                    .filter(name -> !taken.contains(name))
                    .forEach(name -> unknown.add(name.toString()));
        }
        if (unknown.isEmpty()) return;
        throw new StartRefused(
                "No such setting: %s. Correct it or take it away."
                        .formatted(String.join(", ", unknown)));
    }

    private static Stream<ConfigurationPropertyName> names(ConfigurationPropertySource source) {
        var isEnvironment =
                source.getUnderlyingSource() instanceof PropertySource<?> underlying
                        && underlying
                                .getName()
                                .equals(
                                        StandardEnvironment
                                                .SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        if (isEnvironment) return Stream.empty();
        return source instanceof IterableConfigurationPropertySource known
                ? known.stream()
                : Stream.empty();
    }
}
