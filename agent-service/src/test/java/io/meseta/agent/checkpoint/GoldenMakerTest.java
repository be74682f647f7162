package io.meseta.agent.checkpoint;
import io.meseta.agent.core.Moment; import io.meseta.agent.core.machine.*; import io.meseta.agent.core.order.Order; import io.meseta.agent.core.task.Exit;
import java.nio.file.*; import java.time.Instant; import org.junit.jupiter.api.Test;
class GoldenMakerTest {
  @Test void make() throws Exception {
    var key = CheckpointsTest.spec("golden").key();
    var machine = Machine.empty(); long seed = 1;
    for (Command c : new Command[]{ new Command.TakeOrder(1,1,new Order.Launch(CheckpointsTest.spec("golden"))), new Command.NotePrepared(key), new Command.NoteExit(key, new Exit.Status(3))}) {
      var d = (Decision.Accepted) machine.decide(c, new Moment(Instant.parse("2026-01-01T00:00:00Z"), seed++));
      for (var e : d.events()) machine = machine.after(e);
    }
    CheckpointFile.write(Path.of("src/test/resources/io/meseta/agent/checkpoint/task-v1.checkpoint"), CheckpointCodec.task(machine.task(key).orElseThrow()).toByteArray());
  }
}
