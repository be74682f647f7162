package io.meseta.testkit.walls;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// Holds for a class that depends on a different class of a kind; on itself it may.
final class DependOnAnother extends ArchCondition<JavaClass> {

    private final DescribedPredicate<JavaClass> kind;

    DependOnAnother(DescribedPredicate<JavaClass> kind) {
        super("depend on another of " + kind.getDescription());
        this.kind = kind;
    }

    @Override
    public void check(JavaClass each, ConditionEvents events) {
        for (var dependency : each.getDirectDependenciesFromSelf()) {
            var target = dependency.getTargetClass();
            if (!target.equals(each) && kind.test(target)) {
                events.add(SimpleConditionEvent.satisfied(each, dependency.getDescription()));
            }
        }
    }
}
