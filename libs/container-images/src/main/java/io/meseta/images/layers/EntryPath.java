package io.meseta.images.layers;

import io.meseta.images.reference.ImageFault;
import java.util.ArrayList;
import java.util.List;

/// Where an entry belongs, below the root of its layer; without components it is the root itself.
record EntryPath(List<String> components) {

    private static final int COMPONENT_BYTES_MAX = 255;

    EntryPath {
        components = List.copyOf(components);
    }

    /// Takes a name as archives hold it. Absolute names are meant relative to the root, as every
    /// tool understands them; `..` is refused, since no honest archive holds it.
    static EntryPath of(String name, UnpackLimits limits) {
        if (name.length() > limits.pathBytesMax()) throw ImageFault.tooLarge("a path too long");
        if (name.indexOf('\0') >= 0) throw ImageFault.malformed("a NUL in a name");
        var components = new ArrayList<String>();
        for (int from = 0, to; from <= name.length(); from = to + 1) {
            to = name.indexOf('/', from);
            if (to < 0) to = name.length();
            var component = name.substring(from, to);
            if (component.equals("..")) {
                throw ImageFault.malformed("a name that climbs: " + ImageFault.quoted(name));
            }
            if (component.isEmpty() || component.equals(".")) continue;
            if (component.length() > COMPONENT_BYTES_MAX) {
                throw ImageFault.tooLarge("a name of more than 255 bytes");
            }
            components.add(component);
        }
        if (components.size() > limits.depthMax()) throw ImageFault.tooLarge("a path too deep");
        return new EntryPath(components);
    }

    boolean isRoot() {
        return components.isEmpty();
    }

    /// The last component; the root is called `.`.
    String name() {
        return isRoot() ? "." : components.getLast();
    }

    /// The directory it lies in; the root lies in itself.
    EntryPath parent() {
        return isRoot() ? this : new EntryPath(components.subList(0, components.size() - 1));
    }

    EntryPath sibling(String name) {
        var components = new ArrayList<>(parent().components);
        components.add(name);
        return new EntryPath(components);
    }

    /// With slashes; empty for the root.
    @Override
    public String toString() {
        return String.join("/", components);
    }
}
