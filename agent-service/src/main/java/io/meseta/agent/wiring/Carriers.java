package io.meseta.agent.wiring;

/// The threads under the virtual ones. Much of what an agent does on virtual threads is work on
/// files, and system calls, which keep the thread beneath for as long as they take: unpacking,
/// copying, compressing, measuring. With one for each processor, two of these would hold up all
/// else on a small machine, what the master is told among it.
public final class Carriers {

    static final String COUNT = "jdk.virtualThreadScheduler.parallelism";

    private static final int LEAST = 32;

    private Carriers() {}

    /// Asks for enough of them, unless whoever has started this process has said how many. To be
    /// called before there is any virtual thread.
    public static void provide() {
        if (System.getProperty(COUNT) != null) return;
        int count = Math.max(LEAST, Runtime.getRuntime().availableProcessors());
        System.setProperty(COUNT, Integer.toString(count));
    }
}
