package io.meseta.testkit.walls;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/// How deep a method nests and how often it branches. A `switch` branches once; an `else if` goes
/// no deeper; classes inside the method count for themselves.
record Shape(int nesting, int branches) {

    static Shape of(MethodTree method) {
        var measure = new Measure();
        measure.scan(method.getBody(), null);
        return new Shape(measure.deepest, measure.branches);
    }

    private static final class Measure extends TreeScanner<@Nullable Void, @Nullable Void> {

        private int depth;
        private int deepest;
        private int branches;

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            return null;
        }

        @Override
        public @Nullable Void visitIf(IfTree condition, @Nullable Void nothing) {
            branches++;
            scan(condition.getCondition(), null);
            deeper(condition.getThenStatement());
            StatementTree otherwise = condition.getElseStatement();
            if (otherwise instanceof IfTree) scan(otherwise, null);
            else deeper(otherwise);
            return null;
        }

        @Override
        public @Nullable Void visitForLoop(ForLoopTree loop, @Nullable Void nothing) {
            branches++;
            return deeper(loop.getStatement());
        }

        @Override
        public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void n) {
            branches++;
            scan(loop.getExpression(), null);
            return deeper(loop.getStatement());
        }

        @Override
        public @Nullable Void visitWhileLoop(WhileLoopTree loop, @Nullable Void nothing) {
            branches++;
            scan(loop.getCondition(), null);
            return deeper(loop.getStatement());
        }

        @Override
        public @Nullable Void visitDoWhileLoop(DoWhileLoopTree loop, @Nullable Void nothing) {
            branches++;
            scan(loop.getCondition(), null);
            return deeper(loop.getStatement());
        }

        @Override
        public @Nullable Void visitSwitch(SwitchTree choice, @Nullable Void nothing) {
            branches++;
            scan(choice.getExpression(), null);
            for (var each : choice.getCases()) deeper(each);
            return null;
        }

        @Override
        public @Nullable Void visitSwitchExpression(SwitchExpressionTree choice, @Nullable Void n) {
            branches++;
            scan(choice.getExpression(), null);
            for (var each : choice.getCases()) deeper(each);
            return null;
        }

        @Override
        public @Nullable Void visitTry(TryTree attempt, @Nullable Void nothing) {
            scan(attempt.getResources(), null);
            deeper(attempt.getBlock());
            for (var each : attempt.getCatches()) scan(each, null);
            return deeper(attempt.getFinallyBlock());
        }

        @Override
        public @Nullable Void visitCatch(CatchTree caught, @Nullable Void nothing) {
            branches++;
            return deeper(caught.getBlock());
        }

        @Override
        public @Nullable Void visitConditionalExpression(
                ConditionalExpressionTree choice, @Nullable Void nothing) {
            branches++;
            return super.visitConditionalExpression(choice, null);
        }

        private @Nullable Void deeper(@Nullable Tree inner) {
            if (inner == null) return null;
            depth++;
            deepest = Math.max(deepest, depth);
            scan(inner, null);
            depth--;
            return null;
        }
    }
}
