/// The door for agents: they say hello here and get a link, and report what becomes of their tasks.
///
/// Start at [AgentLinkController]; `link.proto` has the conversation. What goes down a link is the
/// business of `links`.
@NullMarked
package io.meseta.master.agents;

import org.jspecify.annotations.NullMarked;
