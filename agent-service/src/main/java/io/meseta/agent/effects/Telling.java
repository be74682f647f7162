package io.meseta.agent.effects;

import io.meseta.agent.executors.ExecutorStreams;
import io.meseta.agent.reports.ReportQueue;

/// How others hear of what happens here.
///
/// @param hangUp ends the conversation with the master
/// @param address this machine's own
/// @param executors who listen
public record Telling(
        ReportQueue reports, Runnable hangUp, String address, ExecutorStreams executors) {}
