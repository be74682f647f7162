package io.meseta.testkit.walls;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// Holds for a class with a constructor, method or parameter that is annotated in some way.
final class MembersAnnotated extends ArchCondition<JavaClass> {

    private final DescribedPredicate<CanBeAnnotated> predicate;

    MembersAnnotated(DescribedPredicate<CanBeAnnotated> predicate) {
        super("have members with " + predicate.getDescription());
        this.predicate = predicate;
    }

    @Override
    public void check(JavaClass each, ConditionEvents events) {
        for (var unit : each.getCodeUnits()) {
            var isAnnotated =
                    predicate.test(unit) || unit.getParameters().stream().anyMatch(predicate);
            if (isAnnotated) {
                events.add(SimpleConditionEvent.satisfied(unit, unit.getDescription()));
            }
        }
    }
}
