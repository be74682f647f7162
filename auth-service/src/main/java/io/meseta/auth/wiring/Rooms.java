package io.meseta.auth.wiring;

import java.util.Objects;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/// Imports the configuration of each room below the service that imports this, and nothing else:
/// controllers and the like are beans only where a configuration makes them.
///
/// Found rather than listed, so that a room is added by adding it. Nested classes are left out, or
/// tests could change what they test.
public final class Rooms implements ImportSelector {

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Configuration.class));
        var service = importing.getClassName();
        return scanner.findCandidateComponents(ClassUtils.getPackageName(service)).stream()
                .map(found -> Objects.requireNonNull(found.getBeanClassName()))
                .filter(name -> name.indexOf('$') < 0)
                .filter(name -> !name.equals(service))
                .sorted()
                .toArray(String[]::new);
    }
}
