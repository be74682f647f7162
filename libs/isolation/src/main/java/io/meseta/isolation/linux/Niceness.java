package io.meseta.isolation.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;

/// How much of a busy processor a thread leaves to the others (`setpriority(2)`). To Linux it is a
/// property of each thread, though POSIX has it one of processes; Java's priorities do nothing
/// there.
public final class Niceness {

    /// Bound apart from [Calls], whose many bindings a service without containers need not wait
    /// for.
    private static final MethodHandle SETPRIORITY =
            Binding.plain("setpriority", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;

    /// It gets about a tenth of what another thread gets: it goes on however busy the machine is.
    private static final int NICE = 10;

    private Niceness() {}

    /// Lets the calling platform thread have what processors' time others leave, for good: getting
    /// it back is a privilege.
    ///
    /// @return false where that can't be, and nothing has changed
    public static boolean giveWay() {
        // Elsewhere it would be the whole process.
        if (!System.getProperty("os.name").equals("Linux")) return false;
        if (Thread.currentThread().isVirtual())
            throw new IllegalStateException("a virtual thread has no niceness of its own");
        try (var call = new Native()) {
            return (int) SETPRIORITY.invokeExact(call.state(), PRIO_PROCESS, THIS_THREAD, NICE)
                    == 0;
        } catch (Throwable failure) {
            throw Native.unbound(failure);
        }
    }
}
