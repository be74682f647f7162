package io.meseta.testkit.walls;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Small things that rot: notes to self, dead code, switches that hide what they forget.
final class TidyWalls {

    // Written in two halves so that this file holds its own rule.
    private static final Pattern NOTE_TO_SELF =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern DEAD_CODE = Pattern.compile("\\s*//[^/].*[;{}]\\s*");
    private static final Pattern OLD_JAVADOC = Pattern.compile("\\s*/\\*\\*.*");

    private TidyWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.ofSources(
                        "no-notes-to-self",
                        "what is not done is in the issue",
                        file -> lines(file, line -> NOTE_TO_SELF.matcher(line).find())),
                Wall.ofSources(
                        "no-dead-code",
                        "git remembers",
                        file -> lines(file, line -> DEAD_CODE.matcher(line).matches())),
                Wall.ofSources(
                        "markdown-javadoc",
                        "one kind of comment: ///",
                        file -> lines(file, line -> OLD_JAVADOC.matcher(line).matches())),
                Wall.ofSources(
                        "no-default-over-sealed",
                        "a new variant must break the build, not fall through",
                        TidyWalls::hidingDefaults),
                Wall.ofSources(
                        "no-ordinal",
                        "the order of an enum's lines is no number",
                        TidyWalls::ordinals));
    }

    private static Stream<String> lines(SourceFile file, Predicate<String> isBreach) {
        var inTextBlock = TextBlocks.lines(file);
        return IntStream.rangeClosed(1, file.lines().size())
                .filter(number -> !inTextBlock.contains((long) number))
                .filter(number -> isBreach.test(file.lines().get(number - 1)))
                .mapToObj(number -> "line %d: %s".formatted(number, line(file, number)));
    }

    private static String line(SourceFile file, int number) {
        return file.lines().get(number - 1).strip();
    }

    private static Stream<String> ordinals(SourceFile file) {
        var found = new ArrayList<String>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethodInvocation(
                    MethodInvocationTree call, @Nullable Void nothing) {
                if (call.getArguments().isEmpty()
                        && call.getMethodSelect() instanceof MemberSelectTree select
                        && select.getIdentifier().contentEquals("ordinal")) {
                    found.add(file.at(call, call.toString()));
                }
                return super.visitMethodInvocation(call, null);
            }
        }.scan(file.unit(), null);
        return found.stream();
    }

    private static Stream<String> hidingDefaults(SourceFile file) {
        var found = new ArrayList<String>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitSwitch(SwitchTree choice, @Nullable Void nothing) {
                check(choice, choice.getCases());
                return super.visitSwitch(choice, null);
            }

            @Override
            public @Nullable Void visitSwitchExpression(
                    SwitchExpressionTree choice, @Nullable Void nothing) {
                check(choice, choice.getCases());
                return super.visitSwitchExpression(choice, null);
            }

            private void check(Tree choice, List<? extends CaseTree> cases) {
                if (hidesVariants(file, cases)) found.add(file.at(choice, "default"));
            }
        }.scan(file.unit(), null);
        return found.stream();
    }

    /// A `default` beside patterns hides variants unless a pattern's type is known to be open. What
    /// cannot be looked up counts as sealed: most "one of"s here are.
    private static boolean hidesVariants(SourceFile file, List<? extends CaseTree> cases) {
        var labels = cases.stream().flatMap(each -> each.getLabels().stream()).toList();
        if (labels.stream().noneMatch(DefaultCaseLabelTree.class::isInstance)) return false;
        var types =
                labels.stream()
                        .filter(PatternCaseLabelTree.class::isInstance)
                        .map(label -> typeOf(((PatternCaseLabelTree) label).getPattern()))
                        .flatMap(Optional::stream)
                        .toList();
        return !types.isEmpty()
                && types.stream()
                        .allMatch(type -> file.types().isSealed(type, file.unit()).orElse(true));
    }

    private static Optional<String> typeOf(Tree pattern) {
        return switch (pattern) {
            case BindingPatternTree binding -> Optional.of(nameOf(binding.getVariable().getType()));
            case DeconstructionPatternTree record -> Optional.of(nameOf(record.getDeconstructor()));
            default -> Optional.empty();
        };
    }

    /// Without type arguments.
    private static String nameOf(Tree type) {
        var text = type.toString();
        int arguments = text.indexOf('<');
        return arguments < 0 ? text : text.substring(0, arguments);
    }
}
