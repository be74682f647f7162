package io.meseta.runtime.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What the container's processes may ask of the kernel.
///
/// @param bounding what they can ever have
/// @param effective what the first has; only root gets them by this alone
/// @param ambient what stays with those who are not root, and with programs they start
/// @param keepsPrivileges whether set-user-id programs give nothing more (`no_new_privs`)
public record Privileges(
        Set<Capability> bounding,
        Set<Capability> effective,
        Set<Capability> ambient,
        boolean keepsPrivileges,
        Seccomp seccomp) {

    /// What container engines commonly leave to root: enough to change owners, bind low ports and
    /// change users; nothing that reaches the machine.
    public static final Set<Capability> STANDARD_CAPABILITIES =
            sorted(
                    EnumSet.of(
                            Capability.CHOWN,
                            Capability.DAC_OVERRIDE,
                            Capability.FOWNER,
                            Capability.FSETID,
                            Capability.KILL,
                            Capability.NET_BIND_SERVICE,
                            Capability.SETFCAP,
                            Capability.SETGID,
                            Capability.SETPCAP,
                            Capability.SETUID,
                            Capability.SYS_CHROOT));

    /// The usual capabilities, system calls of the standard profile, and no way to more.
    public static final Privileges STANDARD =
            new Privileges(
                    STANDARD_CAPABILITIES,
                    STANDARD_CAPABILITIES,
                    Set.of(),
                    true,
                    new Seccomp.Standard());

    public Privileges {
        bounding = sorted(bounding);
        effective = sorted(effective);
        ambient = sorted(ambient);
        Checks.require(
                bounding.containsAll(effective) && effective.containsAll(ambient),
                "capabilities beyond their bounds: ambient within effective within bounding");
    }

    /// These capabilities for root, also as bounds.
    public Privileges bounded(Set<Capability> capabilities) {
        return new Privileges(capabilities, capabilities, Set.of(), keepsPrivileges, seccomp);
    }

    /// These capabilities for whoever it is.
    public Privileges ambient(Set<Capability> capabilities) {
        var all = EnumSet.noneOf(Capability.class);
        all.addAll(bounding);
        all.addAll(capabilities);
        var effective = EnumSet.noneOf(Capability.class);
        effective.addAll(this.effective);
        effective.addAll(capabilities);
        return new Privileges(all, effective, capabilities, keepsPrivileges, seccomp);
    }

    /// Set-user-id programs do what they do.
    public Privileges gaining() {
        return new Privileges(bounding, effective, ambient, false, seccomp);
    }

    public Privileges filtered(Seccomp seccomp) {
        return new Privileges(bounding, effective, ambient, keepsPrivileges, seccomp);
    }

    private static Set<Capability> sorted(Collection<Capability> capabilities) {
        var sorted = EnumSet.noneOf(Capability.class);
        sorted.addAll(capabilities);
        return Collections.unmodifiableSet(sorted);
    }
}
