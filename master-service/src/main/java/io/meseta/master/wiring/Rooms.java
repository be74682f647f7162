package io.meseta.master.wiring;

import io.meseta.master.MasterService;
import java.util.Objects;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/// Imports the configuration of each room of the master, and nothing else: controllers and the like
/// are beans only where a configuration makes them.
///
/// Found rather than listed, so that a room is added by adding it. Nested classes are left out, or
/// tests could change what they test.
public final class Rooms implements ImportSelector {

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Configuration.class));
        return scanner.findCandidateComponents(MasterService.class.getPackageName()).stream()
                .map(found -> Objects.requireNonNull(found.getBeanClassName()))
                .filter(name -> name.indexOf('$') < 0)
                .filter(name -> !name.equals(MasterService.class.getName()))
                .sorted()
                .toArray(String[]::new);
    }
}
