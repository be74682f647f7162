package io.meseta.testkit.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where Spring and JPA may appear, and what a controller may reach.
final class ShellWalls {

    private static final Set<ModuleKind> SERVICES = EnumSet.of(ModuleKind.SERVICE);
    private static final Set<ModuleKind> PLAIN =
            EnumSet.complementOf(EnumSet.of(ModuleKind.SERVICE));

    private static final String SPRING = "org.springframework.";
    private static final String CONFIGURATION = SPRING + "context.annotation.Configuration";
    private static final String PROPERTIES =
            SPRING + "boot.context.properties.ConfigurationProperties";
    private static final String ENTITY = "jakarta.persistence.Entity";

    private static final Set<String> BANNED =
            Set.of(
                    SPRING + "stereotype.Component",
                    SPRING + "stereotype.Service",
                    SPRING + "stereotype.Repository",
                    SPRING + "beans.factory.annotation.Autowired",
                    SPRING + "beans.factory.annotation.Value",
                    SPRING + "context.annotation.Lazy",
                    SPRING + "context.annotation.ComponentScan",
                    SPRING + "scheduling.annotation.Async",
                    "jakarta.inject.Inject",
                    "jakarta.annotation.Resource");

    private static final String ACCESS = "io.meseta.platform.access.";
    private static final Set<String> POLICIES =
            Set.of(
                    ACCESS + "Public",
                    ACCESS + "Authenticated",
                    ACCESS + "Allowed",
                    ACCESS + "DecidedWithin");

    private ShellWalls() {}

    static List<Wall> all() {
        return Stream.concat(assembly().stream(), doors().stream()).toList();
    }

    private static List<Wall> assembly() {
        return List.of(
                Wall.ofMainClasses(
                        "no-spring",
                        "Spring is for services' shells only",
                        PLAIN,
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.springframework..", "jakarta..")),
                Wall.ofMainClasses(
                        "no-magic",
                        "configurations construct with new, so that assembly can be read",
                        SERVICES,
                        noMagic()),
                Wall.ofMainClasses(
                        "no-field-injection",
                        "a constructor says what a class needs",
                        SERVICES,
                        noFieldInjection()),
                new Wall(
                        "configurations-in-place",
                        "one public configuration in a room, any number in wiring",
                        SERVICES,
                        ShellWalls::misplacedConfigurations),
                Wall.ofMainClasses(
                        "beans-in-configurations",
                        "assembly in one place",
                        SERVICES,
                        methods()
                                .that()
                                .areAnnotatedWith(SPRING + "context.annotation.Bean")
                                .should()
                                .beDeclaredInClassesThat()
                                .areAnnotatedWith(CONFIGURATION)),
                Wall.ofMainClasses(
                        "scheduled-in-ticks",
                        "clocks only submit commands",
                        SERVICES,
                        methods()
                                .that()
                                .areAnnotatedWith(SPRING + "scheduling.annotation.Scheduled")
                                .should()
                                .beDeclaredInClassesThat()
                                .resideInAPackage("..ticks..")));
    }

    private static List<Wall> doors() {
        return List.of(
                Wall.ofMainClasses(
                        "thin-controllers",
                        "a controller reaches views and the writer's door, nothing behind them",
                        SERVICES,
                        thinControllers()),
                Wall.ofMainClasses(
                        "hidden-controllers",
                        "nobody calls a controller but HTTP",
                        SERVICES,
                        hiddenControllers()),
                Wall.ofMainClasses(
                        "every-route-has-a-policy",
                        "a route that does not say who may use it is for nobody",
                        SERVICES,
                        methods()
                                .that(describe("routes", ShellWalls::isRoute))
                                .should()
                                .beAnnotatedWith(describe("a policy", ShellWalls::isPolicy))
                                .orShould()
                                .beDeclaredInClassesThat(
                                        describe("with a policy", ShellWalls::hasPolicy))),
                Wall.ofMainClasses(
                        "transactions-in-place",
                        "the shell's edge and the engine know no transaction",
                        SERVICES,
                        transactionsInPlace()),
                Wall.ofMainClasses(
                        "entities-are-rows",
                        "the domain never meets an entity",
                        SERVICES,
                        classes()
                                .that()
                                .areAnnotatedWith(ENTITY)
                                .should()
                                .bePackagePrivate()
                                .andShould()
                                .haveSimpleNameEndingWith("Row")
                                .andShould()
                                .resideInAnyPackage("..persistence..", "..journal..")));
    }

    private static ArchRule noMagic() {
        return noClasses()
                .should()
                .beAnnotatedWith(describe("magic", ShellWalls::isBanned))
                .orShould(
                        new MembersAnnotated(
                                describe("a banned annotation", ShellWalls::hasBanned)));
    }

    private static boolean isBanned(JavaAnnotation<?> annotation) {
        return BANNED.contains(annotation.getRawType().getName());
    }

    private static boolean hasBanned(CanBeAnnotated member) {
        return member.isAnnotatedWith(describe("magic", ShellWalls::isBanned));
    }

    private static ArchRule noFieldInjection() {
        return fields().should().notBeAnnotatedWith(describe("magic", ShellWalls::isBanned));
    }

    private static ArchRule thinControllers() {
        return noClasses()
                .that(describe("controllers", ShellWalls::isController))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..journal..", "..persistence..", "java.sql..", "javax.sql..")
                .orShould(new DependOnAnother(describe("controllers", ShellWalls::isController)));
    }

    private static ArchRule hiddenControllers() {
        return classes()
                .that(describe("controllers", ShellWalls::isController))
                .should()
                .bePackagePrivate()
                .andShould()
                .haveSimpleNameEndingWith("Controller");
    }

    private static boolean isController(JavaClass each) {
        // The annotations themselves are annotated too.
        if (each.isAnnotation()) return false;
        return each.isMetaAnnotatedWith(SPRING + "stereotype.Controller")
                || each.isAnnotatedWith(SPRING + "web.bind.annotation.RestController");
    }

    private static boolean isRoute(JavaMethod method) {
        return method.isMetaAnnotatedWith(SPRING + "web.bind.annotation.RequestMapping");
    }

    private static boolean isPolicy(JavaAnnotation<?> annotation) {
        return POLICIES.contains(annotation.getRawType().getName());
    }

    private static boolean hasPolicy(JavaClass controller) {
        return controller.isAnnotatedWith(describe("a policy", ShellWalls::isPolicy));
    }

    private static ArchRule transactionsInPlace() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("..journal..", "..persistence..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SPRING + "transaction..");
    }

    private static List<String> misplacedConfigurations(CheckedModule module) {
        var configurations =
                module.mainClasses().stream()
                        .filter(each -> each.isAnnotatedWith(CONFIGURATION))
                        .filter(each -> !isWiring(each))
                        .collect(Collectors.groupingBy(JavaClass::getPackageName));
        var several =
                configurations.values().stream()
                        .filter(rooms -> rooms.size() > 1)
                        .map(rooms -> "more than one configuration: " + rooms);
        var hidden =
                configurations.values().stream()
                        .flatMap(List::stream)
                        .filter(each -> !each.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(each -> each.getName() + " is not public");
        var homeless =
                module.mainClasses().stream()
                        .filter(each -> each.isAnnotatedWith(PROPERTIES))
                        .filter(each -> !isWiring(each))
                        .filter(each -> !configurations.containsKey(each.getPackageName()))
                        .map(each -> each.getName() + " lies beside no configuration");
        return Stream.of(several, hidden, homeless).flatMap(lines -> lines).toList();
    }

    private static boolean isWiring(JavaClass each) {
        return each.getPackageName().endsWith(".wiring");
    }
}
