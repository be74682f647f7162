package io.meseta.testkit.walls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// What a `pom.xml` says about our own modules.
record Pom(String artifact, List<String> modules, List<Arrow> arrows) {

    private static final String OURS = "io.meseta";

    /// A dependency on one of our own modules.
    record Arrow(String target, boolean isForTests) {}

    static Pom read(Path file) {
        var project = parse(file).getDocumentElement();
        var modules =
                children(project, "modules")
                        .flatMap(each -> children(each, "module"))
                        .map(each -> each.getTextContent().strip())
                        .toList();
        var arrows =
                children(project, "dependencies")
                        .flatMap(each -> children(each, "dependency"))
                        .filter(each -> text(each, "groupId").equals(OURS))
                        .map(Pom::arrow)
                        .toList();
        return new Pom(text(project, "artifactId"), modules, arrows);
    }

    private static Arrow arrow(Element dependency) {
        return new Arrow(text(dependency, "artifactId"), text(dependency, "scope").equals("test"));
    }

    private static Document parse(Path file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException failure) {
            throw new IllegalStateException("cannot parse " + file, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    private static String text(Element parent, String name) {
        return children(parent, name)
                .findFirst()
                .map(each -> each.getTextContent().strip())
                .orElse("");
    }

    private static Stream<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found.stream();
    }
}
