package io.meseta.testkit.walls;

import com.sun.source.tree.LiteralTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the lines that text blocks cover: text written for another reader than Java's.
final class TextBlocks {

    private TextBlocks() {}

    /// Line numbers, counted from one.
    static Set<Long> lines(SourceFile file) {
        var lines = new HashSet<Long>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
                if (literal.getValue() instanceof String) {
                    for (long at = file.line(literal) + 1; at <= file.lastLine(literal); at++) {
                        lines.add(at);
                    }
                }
                return super.visitLiteral(literal, null);
            }
        }.scan(file.unit(), null);
        return lines;
    }
}
