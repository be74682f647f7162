package io.meseta.images.pulls;

/// Whether what is here already will do.
public enum PullPolicy {
    /// What the name meant when it was last pulled is good enough (`cached: true`, the default of
    /// the Mesos API). An image that one principal pulled with credentials is then there for all
    /// who may launch on this agent.
    CACHED,
    /// The source is asked each time, with the credentials of this very pull; what has not changed
    /// is not fetched again (`cached: false`, `force_pull_image`).
    ALWAYS
}
