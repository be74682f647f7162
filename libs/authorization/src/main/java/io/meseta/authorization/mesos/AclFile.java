package io.meseta.authorization.mesos;

import io.meseta.authorization.mesos.Acl.Side;
import io.meseta.authorization.text.Document;
import io.meseta.authorization.text.Form;
import io.meseta.authorization.text.Outcome;
import io.meseta.authorization.text.Problem;
import io.meseta.authorization.text.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Mesos ACL file: `{"permissive": false, "run_tasks": [{"principals": …, "users": …}], …}`.
///
/// @param isPermissive what happens where no entry of a list matches; true unless the file says no
public record AclFile(boolean isPermissive, Map<AclList, List<Acl>> lists) {

    public AclFile {
        var copy = new EnumMap<AclList, List<Acl>>(AclList.class);
        lists.forEach((list, acls) -> copy.put(list, List.copyOf(acls)));
        lists = Collections.unmodifiableMap(copy);
    }

    public List<Acl> acls(AclList list) {
        return lists.getOrDefault(list, List.of());
    }

    /// Reads a file; what it does not understand, it refuses.
    public static Outcome<AclFile> read(Document document) {
        return document.read().then(tree -> read(document.source(), tree));
    }

    private static Outcome<AclFile> read(String source, Tree tree) {
        var problems = new ArrayList<Problem>();
        var form = Form.of(source, tree, problems);
        if (form.isEmpty()) return new Outcome.Bad<>(problems);
        var isPermissive = isPermissive(form.get());
        var lists = new EnumMap<AclList, List<Acl>>(AclList.class);
        for (var key : form.get().keys()) {
            var list = AclList.of(key);
            if (list.isPresent()) lists.put(list.get(), acls(form.get(), list.get()));
            else if (!key.equals("permissive")) reportUnknown(form.get(), key);
        }
        return Outcome.of(new AclFile(isPermissive, lists), problems);
    }

    private static boolean isPermissive(Form form) {
        var word = form.optionalWord("permissive").orElse("true");
        if (!word.equals("true") && !word.equals("false")) {
            form.report("permissive", "must be true or false");
        }
        return word.equals("true");
    }

    private static void reportUnknown(Form form, String key) {
        var known = Arrays.stream(AclList.values()).map(AclList::key).toList();
        form.report(key, "Mesos 1.11 has no such list" + Form.suggestion(known, key));
    }

    private static List<Acl> acls(Form form, AclList list) {
        var acls = new ArrayList<Acl>();
        var tree = form.tree(list.key());
        boolean isEmpty =
                tree.isPresent()
                        && tree.get() instanceof Tree.Sequence(_, var items)
                        && items.isEmpty();
        if (isEmpty) return acls;
        for (var each : form.forms(list.key())) {
            var principals = side(each, "principals");
            var objects = side(each, list.object());
            each.finish();
            if (principals.isPresent() && objects.isPresent()) {
                acls.add(new Acl(principals.get(), objects.get()));
            }
        }
        return acls;
    }

    private static Optional<Side> side(Form form, String key) {
        if (!form.has(key)) form.report("the key '" + key + "' is missing");
        var side = form.form(key);
        if (side.isEmpty()) return Optional.empty();
        var type = side.get().optionalWord("type").orElse("SOME");
        var values = values(side.get());
        side.get().finish();
        return switch (type) {
            case "ANY" -> Optional.of(new Side.Any());
            case "NONE" -> Optional.of(new Side.None());
            case "SOME" -> Optional.of(new Side.Values(values));
            default -> {
                side.get().report("type", "must be SOME, ANY or NONE");
                yield Optional.empty();
            }
        };
    }

    /// An empty list is allowed, and matches nothing.
    private static List<String> values(Form side) {
        var tree = side.tree("values");
        boolean isEmpty =
                tree.isPresent()
                        && tree.get() instanceof Tree.Sequence(_, var items)
                        && items.isEmpty();
        return isEmpty ? List.of() : side.words("values");
    }
}
