package io.meseta.agent.steps;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.update.Cause;
import java.util.Optional;
import java.util.UUID;

/// Something with a process of its own, and the words in which the core is told of it.
sealed interface Piece {

    Subject subject();

    UUID container();

    Stage stage();

    Command prepared();

    /// How far its launch is; empty where nobody waits to hear.
    Optional<Command> progressed(String message);

    Command started();

    Command failed(Cause cause);

    Command exited(Exit exit);

    /// What the machine holds under that name.
    static Optional<Piece> of(Subject subject, Machine machine) {
        return switch (subject) {
            case Subject.OfTask(var key) -> machine.task(key).map(TaskPiece::new);
            case Subject.OfExecutor(var key) -> machine.executor(key).map(ExecutorPiece::new);
        };
    }

    record TaskPiece(AgentTask task) implements Piece {

        @Override
        public Subject subject() {
            return Subject.of(task.key());
        }

        @Override
        public UUID container() {
            return task.container();
        }

        @Override
        public Stage stage() {
            return task.stage();
        }

        @Override
        public Command prepared() {
            return ofRun(new Command.NotePrepared(task.key()));
        }

        @Override
        public Optional<Command> progressed(String message) {
            return Optional.of(ofRun(new Command.NoteProgress(task.key(), message)));
        }

        @Override
        public Command started() {
            return ofRun(new Command.NoteStarted(task.key()));
        }

        @Override
        public Command failed(Cause cause) {
            return ofRun(new Command.NoteFailure(task.key(), cause));
        }

        @Override
        public Command exited(Exit exit) {
            return ofRun(new Command.NoteExit(task.key(), exit));
        }

        private Command ofRun(Command.Note note) {
            return new Command.OfRun(task.container(), note);
        }
    }

    record ExecutorPiece(AgentExecutor executor) implements Piece {

        @Override
        public Subject subject() {
            return Subject.of(executor.key());
        }

        @Override
        public UUID container() {
            return executor.container();
        }

        @Override
        public Stage stage() {
            return executor.stage();
        }

        @Override
        public Command prepared() {
            return new Command.ExecutorPrepared(executor.key(), executor.container());
        }

        @Override
        public Optional<Command> progressed(String message) {
            return Optional.empty();
        }

        @Override
        public Command started() {
            return new Command.ExecutorStarted(executor.key(), executor.container());
        }

        @Override
        public Command failed(Cause cause) {
            return new Command.ExecutorFailed(executor.key(), executor.container(), cause);
        }

        @Override
        public Command exited(Exit exit) {
            return new Command.ExecutorExited(executor.key(), executor.container(), exit);
        }
    }
}
