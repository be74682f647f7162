package io.meseta.runtime.host;

import java.util.ArrayList;
import java.util.List;

/// The flaws of runtimes and monitors that we know of, and who has them.
///
/// A version that a program says of itself counts, unless dpkg knows the very file and its package
/// has the fix: distributions mend without changing the number. What is not known to be mended is
/// not.
public final class KnownFlaws {

    /// @param packagedIn Debian's version that mends an older one; empty: none known
    private record Row(
            String program,
            String id,
            String fixedIn,
            String packagedIn,
            boolean matters,
            String what) {}

    private static final String OWN_ROOT =
            "needs a root or a volume that another container changes while this one is made";

    private static final List<Row> ROWS =
            List.of(
                    new Row(
                            "runc",
                            "CVE-2019-5736",
                            "1.0.0",
                            "",
                            true,
                            "a container can overwrite the runtime itself"),
                    new Row(
                            "runc",
                            "CVE-2021-30465",
                            "1.0.0",
                            "",
                            true,
                            "a container can have the machine's directories mounted into it"),
                    new Row(
                            "runc",
                            "CVE-2024-21626",
                            "1.1.12",
                            "1.1.5+ds1-1+deb12u1",
                            true,
                            "a container can reach the machine's files by a leaked descriptor"),
                    new Row("runc", "CVE-2025-31133", "1.3.3", "", false, OWN_ROOT),
                    new Row(
                            "runc",
                            "CVE-2025-52565",
                            "1.3.3",
                            "",
                            false,
                            "/dev is always new and empty; " + OWN_ROOT),
                    new Row("runc", "CVE-2025-52881", "1.3.3", "", false, OWN_ROOT),
                    new Row(
                            "crun",
                            "CVE-2019-18837",
                            "0.10.5",
                            "",
                            true,
                            "an image can reach the machine's files by symbolic links"),
                    new Row(
                            "crun",
                            "CVE-2022-27650",
                            "1.4.4",
                            "",
                            false,
                            "inheritable capabilities are given to nobody but whom they are for"),
                    new Row(
                            "conmon",
                            "CVE-2022-1708",
                            "2.1.2",
                            "",
                            false,
                            "concerns output that passes through the monitor; ours does not"));

    private KnownFlaws() {}

    /// Those that a program has. One whose version can't be read has all that matter.
    public static List<Flaw> of(Program program) {
        var flaws = new ArrayList<Flaw>();
        for (var row : ROWS) {
            if (row.program.equals(program.kind()) && has(program, row)) {
                flaws.add(new Flaw(row.id, row.fixedIn, row.matters, row.what));
            }
        }
        return flaws;
    }

    private static boolean has(Program program, Row row) {
        var packaged = program.packaged();
        if (packaged != null && !row.packagedIn.isEmpty()) {
            if (packaged.has(new PackageVersion(row.packagedIn))) return false;
        }
        var version = program.version();
        if (version == null) return row.matters;
        return version.compareTo(Version.of(row.fixedIn)) < 0;
    }
}
