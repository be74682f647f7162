package org.mockito;

/// Stands in for the mock library, which no class path of ours holds, so that the wall against it
/// can be seen to complain.
public final class Mock {}
