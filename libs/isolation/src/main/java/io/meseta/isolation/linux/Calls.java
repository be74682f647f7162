package io.meseta.isolation.linux;

import static io.meseta.isolation.linux.Binding.plain;
import static io.meseta.isolation.linux.Binding.variadic;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/// The C functions that [Directory], [OpenFile] and [HeldFile] are made of, bound once.
///
/// All of them exist in glibc 2.33 and in musl, with the same layouts on 64-bit Linux.
final class Calls {

    static final MethodHandle OPENAT =
            variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle SYSCALL =
            variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle SYSCALL_OF_PATH =
            variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
    static final MethodHandle SYSCALL_OF_TWO_PATHS =
            variadic(
                    "syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS,
                    JAVA_LONG);
    static final MethodHandle CLOSE = plain("close", JAVA_INT, JAVA_INT);
    static final MethodHandle WRITE = plain("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    static final MethodHandle READ = plain("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    static final MethodHandle LSEEK = plain("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    static final MethodHandle FTRUNCATE = plain("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    static final MethodHandle SYNCFS = plain("syncfs", JAVA_INT, JAVA_INT);
    static final MethodHandle MKDIRAT = plain("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle MKNODAT =
            plain("mknodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
    static final MethodHandle SYMLINKAT = plain("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle LINKAT =
            plain("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle UNLINKAT = plain("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle READLINKAT =
            plain("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle FCHOWNAT =
            plain("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    static final MethodHandle FCHMODAT =
            plain("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle UTIMENSAT =
            plain("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    static final MethodHandle MOUNT =
            plain("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    static final MethodHandle UMOUNT2 = plain("umount2", JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle STATX =
            plain("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    static final MethodHandle LSETXATTR =
            plain("lsetxattr", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
    static final MethodHandle LGETXATTR =
            plain("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle LLISTXATTR =
            plain("llistxattr", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle GETDENTS =
            plain(
                    Binding.exists("getdents64") ? "getdents64" : "getdents",
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_LONG);

    private Calls() {}
}
