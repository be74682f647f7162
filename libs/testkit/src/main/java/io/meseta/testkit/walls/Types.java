package io.meseta.testkit.walls;

import com.sun.source.tree.CompilationUnitTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/// Looks up compiled types by the names that a source file uses for them.
record Types(Elements elements, javax.lang.model.util.Types mirrors) {

    /// Whether `name`, as written in `unit`, is sealed or descends from something sealed. Empty if
    /// the name cannot be found from the imports and the package alone.
    Optional<Boolean> isSealed(String name, CompilationUnitTree unit) {
        return candidates(name, unit)
                .map(elements::getTypeElement)
                .filter(Objects::nonNull)
                .findFirst()
                .map(this::hasSealedAncestor);
    }

    private static Stream<String> candidates(String name, CompilationUnitTree unit) {
        int dot = name.indexOf('.');
        var first = dot < 0 ? name : name.substring(0, dot);
        var rest = dot < 0 ? "" : name.substring(dot);
        var candidates = new ArrayList<String>();
        for (var each : unit.getImports()) {
            var imported = each.getQualifiedIdentifier().toString();
            if (imported.endsWith("." + first)) candidates.add(imported + rest);
        }
        var declared = unit.getPackageName();
        var prefix = declared == null ? "" : declared + ".";
        for (var type : unit.getTypeDecls()) {
            if (type instanceof com.sun.source.tree.ClassTree outer) {
                candidates.add(prefix + outer.getSimpleName() + "." + name);
            }
        }
        candidates.addAll(List.of(prefix + name, "java.lang." + name, name));
        return candidates.stream();
    }

    private boolean hasSealedAncestor(Element type) {
        if (type.getModifiers().contains(Modifier.SEALED)) return true;
        return ancestors(type).anyMatch(this::hasSealedAncestor);
    }

    private Stream<? extends Element> ancestors(Element type) {
        if (!(type instanceof TypeElement)) return Stream.empty();
        List<? extends TypeMirror> direct = mirrors.directSupertypes(type.asType());
        return direct.stream().map(mirrors::asElement).filter(Objects::nonNull);
    }
}
