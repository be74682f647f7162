import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A microservice of one file, for `java Greeter.java`: it greets whoever the gateway says is calling.
///
/// It listens where Meseta tells it to (`PORT0`). The gateway has checked the caller already and says
/// who that is in a signed header. A service that can be reached by others than the gateway must also
/// check that signature, by the keys at the gateway's `/.well-known/meseta/jwks.json`; this one listens
/// on loopback only and does not.
public final class Greeter {

    private static final Pattern SUBJECT = Pattern.compile("\"sub\"\\s*:\\s*\"([^\"]*)\"");

    private Greeter() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT0", "8000"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Greeter::greet);
        server.start();
        System.out.println("greeting on port " + port);
    }

    private static void greet(HttpExchange exchange) throws IOException {
        try (exchange) {
            var instance = System.getenv().getOrDefault("MESOS_TASK_ID", "here");
            var text = "hello %s, from %s\n".formatted(caller(exchange), instance).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    /// The `sub` of the identity that came with the request.
    private static String caller(HttpExchange exchange) {
        var identity = exchange.getRequestHeaders().getFirst("X-Meseta-Identity");
        if (identity == null) return "stranger";
        var parts = identity.split("\\.");
        if (parts.length != 3) return "stranger";
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        Matcher subject = SUBJECT.matcher(claims);
        return subject.find() ? subject.group(1) : "stranger";
    }
}
