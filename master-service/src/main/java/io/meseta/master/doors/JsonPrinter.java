package io.meseta.master.doors;

import com.google.protobuf.Message;
import io.meseta.mesos.json.MesosJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// Prints JSON piece by piece, in the order in which it is told, with Mesos' way of writing
/// numbers: plainly, and always with a point.
public final class JsonPrinter {

    private static final int FIRST_PRINTABLE = 0x20;

    private final Writer out;
    private boolean needsComma;

    /// Something that prints.
    @FunctionalInterface
    public interface Part {
        void print() throws IOException;
    }

    /// Something that prints one of several.
    @FunctionalInterface
    public interface Element<T> {
        void print(T element) throws IOException;
    }

    private JsonPrinter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /// Something that prints a whole document.
    @FunctionalInterface
    public interface Document {
        void print(JsonPrinter json) throws IOException;
    }

    /// The body of an answer: one object with what the document prints into it.
    public static Exchange.Body body(Document document) {
        return out -> {
            var json = new JsonPrinter(out);
            json.object(() -> document.print(json));
            json.out.flush();
        };
    }

    /// The body of an answer: an array with what the document prints into it.
    public static Exchange.Body list(Document document) {
        return out -> {
            var json = new JsonPrinter(out);
            json.enclose('[', () -> document.print(json), ']');
            json.out.flush();
        };
    }

    public void object(Part members) throws IOException {
        separate();
        enclose('{', members, '}');
    }

    public void object(String name, Part members) throws IOException {
        name(name);
        enclose('{', members, '}');
    }

    public <T> void array(String name, Stream<T> elements, Element<T> printer) throws IOException {
        name(name);
        enclose(
                '[',
                () -> {
                    var each = elements.iterator();
                    while (each.hasNext()) printer.print(each.next());
                },
                ']');
    }

    public void strings(String name, Stream<String> elements) throws IOException {
        array(name, elements, this::string);
    }

    public void field(String name, String value) throws IOException {
        name(name);
        quote(value);
    }

    public void field(String name, double value) throws IOException {
        name(name);
        out.write(BigDecimal.valueOf(value).toPlainString());
    }

    public void field(String name, long value) throws IOException {
        name(name);
        out.write(Long.toString(value));
    }

    public void field(String name, boolean value) throws IOException {
        name(name);
        out.write(Boolean.toString(value));
    }

    public void field(String name, Message value) throws IOException {
        name(name);
        write(value);
    }

    /// A message as an element of an array.
    public void message(Message value) throws IOException {
        separate();
        write(value);
        needsComma = true;
    }

    private void string(String value) throws IOException {
        separate();
        quote(value);
    }

    private void write(Message value) throws IOException {
        out.write(new String(MesosJson.write(value), StandardCharsets.UTF_8));
        needsComma = true;
    }

    private void enclose(char open, Part content, char close) throws IOException {
        out.write(open);
        needsComma = false;
        content.print();
        out.write(close);
        needsComma = true;
    }

    private void name(String name) throws IOException {
        separate();
        quote(name);
        out.write(':');
    }

    private void separate() throws IOException {
        if (needsComma) out.write(',');
        needsComma = true;
    }

    private void quote(String text) throws IOException {
        out.write('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"' -> out.write("\\\"");
                case '\\' -> out.write("\\\\");
                case '\n' -> out.write("\\n");
                case '\r' -> out.write("\\r");
                case '\t' -> out.write("\\t");
                default -> {
                    if (letter < FIRST_PRINTABLE || isLineEndOfScripts(letter))
                        out.write("\\u%04x".formatted((int) letter));
                    else out.write(letter);
                }
            }
        }
        out.write('"');
    }

    /// Two letters that JSON allows in a text and a script, which JSONP is, does not.
    private static boolean isLineEndOfScripts(char letter) {
        return letter == '\u2028' || letter == '\u2029';
    }
}
