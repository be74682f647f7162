package io.meseta.platform.settings;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/// Remembers which keys were bound to something.
final class Taking extends AbstractBindHandler {

    private final Set<ConfigurationPropertyName> taken;

    Taking(BindHandler next, Set<ConfigurationPropertyName> taken) {
        super(next);
        this.taken = taken;
    }

    @Override
    public @Nullable Object onSuccess(
            ConfigurationPropertyName name,
            Bindable<?> target,
            BindContext context,
            Object result) {
        var property = context.getConfigurationProperty();
        if (property != null && property.getName().equals(name)) taken.add(name);
        return super.onSuccess(name, target, context, result);
    }
}
