package io.meseta.authorization.policy;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A sentence in CEL that a rule adds to its other parts.
///
/// It is checked against the variables' types and compiled once. Its length, size, depth and the
/// rounds of its loops are limited and regular expressions are left out, so that one evaluation
/// stays cheap whatever the values are. To ask for what is not there is an error, not a false.
public final class Condition {

    /// Always holds.
    public static final Condition NONE = new Condition("", null, false);

    public static final int LENGTH_MAX = 1_000;

    private static final CelOptions LIMITS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .maxExpressionCodePointSize(LENGTH_MAX)
                    .maxParseExpressionNodeCount(300)
                    .maxParseRecursionDepth(32)
                    .comprehensionMaxIterations(500)
                    .build();

    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(LIMITS)
                    .setStandardEnvironmentEnabled(false)
                    .setStandardDeclarations(
                            CelStandardDeclarations.newBuilder()
                                    .excludeFunctions(
                                            CelStandardDeclarations.StandardFunction.MATCHES)
                                    .build())
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .addVarDeclarations(variables())
                    .setResultType(SimpleType.BOOL)
                    .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.plannerRuntimeBuilder().setOptions(LIMITS).build();

    private final String text;
    private final CelRuntime.@Nullable Program program;
    private final boolean asksForVariables;

    private Condition(String text, CelRuntime.@Nullable Program program, boolean asksForVariables) {
        this.text = text;
        this.program = program;
        this.asksForVariables = asksForVariables;
    }

    /// What came of an evaluation.
    public sealed interface Answer {
        record Holds() implements Answer {}

        record HoldsNot() implements Answer {}

        /// It could not be said.
        record Unknown(String problem) implements Answer {}
    }

    private static final Answer HOLDS = new Answer.Holds();
    private static final Answer HOLDS_NOT = new Answer.HoldsNot();

    /// What came of compiling.
    public sealed interface Compiled {
        record Good(Condition condition) implements Compiled {}

        record Bad(String problem) implements Compiled {}
    }

    public static Compiled compile(String text) {
        if (text.length() > LENGTH_MAX) {
            return new Compiled.Bad("a condition has at most " + LENGTH_MAX + " characters");
        }
        try {
            var tree = COMPILER.compile(text).getAst();
            return new Compiled.Good(
                    new Condition(text, RUNTIME.createProgram(tree), asksForVariables(tree)));
        } catch (CelValidationException invalid) {
            var problem =
                    invalid.getErrors().stream()
                            .map(CelIssue::getMessage)
                            .limit(3)
                            .collect(Collectors.joining("; "));
            return new Compiled.Bad(problem + "; known are " + String.join(", ", names()));
        } catch (CelEvaluationException | RuntimeException broken) {
            return new Compiled.Bad(String.valueOf(broken.getMessage()));
        }
    }

    /// For texts that are known to be right.
    public static Condition of(String text) {
        return switch (compile(text)) {
            case Compiled.Good(var condition) -> condition;
            case Compiled.Bad(var problem) -> throw new IllegalArgumentException(problem);
        };
    }

    public boolean isNone() {
        return program == null;
    }

    /// Whether it asks for what a path template's variables stand for.
    public boolean asksForVariables() {
        return asksForVariables;
    }

    /// Evaluates the sentence. Never throws.
    ///
    /// @param variables what the path template's variables stand for
    public Answer evaluate(Question question, Map<String, String> variables, Instant now) {
        if (program == null) return HOLDS;
        try {
            var world = new ConditionWorld(question, variables, now);
            var answer = program.eval((CelVariableResolver) world::find);
            if (answer instanceof Boolean truth) return truth ? HOLDS : HOLDS_NOT;
            return new Answer.Unknown("it gave no truth value");
        } catch (CelEvaluationException | RuntimeException failure) {
            return new Answer.Unknown(String.valueOf(failure.getMessage()));
        }
    }

    private static boolean asksForVariables(CelAbstractSyntaxTree tree) {
        return tree.getReferenceMap().values().stream()
                .anyMatch(reference -> reference.name().equals(ConditionWorld.VARIABLES));
    }

    private static List<CelVarDecl> variables() {
        var text = SimpleType.STRING;
        var texts = ListType.create(text);
        var declared = new ArrayList<CelVarDecl>();
        declared.add(CelVarDecl.newVarDeclaration("subject.principal", text));
        declared.add(CelVarDecl.newVarDeclaration("subject.kind", text));
        declared.add(CelVarDecl.newVarDeclaration("subject.groups", texts));
        declared.add(CelVarDecl.newVarDeclaration("subject.claims", MapType.create(text, text)));
        declared.add(CelVarDecl.newVarDeclaration("action", text));
        declared.add(CelVarDecl.newVarDeclaration("target.kind", text));
        for (var attribute : Attribute.values()) {
            declared.add(CelVarDecl.newVarDeclaration("target." + attribute.text(), text));
        }
        declared.add(CelVarDecl.newVarDeclaration("target.attributes", MapType.create(text, text)));
        declared.add(CelVarDecl.newVarDeclaration("call.method", text));
        declared.add(CelVarDecl.newVarDeclaration("call.path", text));
        declared.add(CelVarDecl.newVarDeclaration("call.segments", texts));
        declared.add(CelVarDecl.newVarDeclaration("call.headers", MapType.create(text, texts)));
        declared.add(
                CelVarDecl.newVarDeclaration(ConditionWorld.VARIABLES, MapType.create(text, text)));
        declared.add(CelVarDecl.newVarDeclaration("now", SimpleType.TIMESTAMP));
        return declared;
    }

    private static List<String> names() {
        return variables().stream().map(CelVarDecl::name).toList();
    }

    Optional<String> sentence() {
        return isNone() ? Optional.empty() : Optional.of(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Condition that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
