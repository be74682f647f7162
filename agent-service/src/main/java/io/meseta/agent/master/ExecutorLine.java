package io.meseta.agent.master;

import com.google.protobuf.ByteString;
import io.meseta.model.ExecutorKey;
import java.util.function.BiConsumer;

/// What of a conversation with the master concerns executors.
///
/// @param terms how long they may take for what
/// @param onMessage told what frameworks say to them; must not wait
public record ExecutorLine(ExecutorTerms terms, BiConsumer<ExecutorKey, ByteString> onMessage) {}
