package io.meseta.authorization.engine;

/// Is shown the rules that may match a question. One rule may come twice.
@FunctionalInterface
interface RuleVisitor {
    void visit(IndexedRule rule);
}
