package io.meseta.agent.effects;

import io.meseta.agent.reports.ReportQueue;

/// How the master hears of what happens here.
///
/// @param hangUp ends the conversation with it
/// @param address this machine's own
public record Telling(ReportQueue reports, Runnable hangUp, String address) {}
