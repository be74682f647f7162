package io.meseta.gateway.forwarding;

import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;

/// One request on its way out.
///
/// @param target path and query as they are sent
/// @param headers those of the request, without what must not pass
/// @param isRedirectOurs whether a redirect is followed here rather than told to the caller
/// @param leave how long it may last
/// @param onAnswer changes the answer's headers before they are sent
public record Errand(
        Upstream to,
        String target,
        HttpFields headers,
        boolean isRedirectOurs,
        Leave leave,
        Consumer<HttpFields.Mutable> onAnswer) {

    /// The same request to another.
    public Errand to(Upstream other) {
        return new Errand(other, target, headers, isRedirectOurs, leave, onAnswer);
    }
}
