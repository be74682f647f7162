package io.meseta.gateway.door;

import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.routes.Route;
import io.meseta.platform.identity.Caller;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// One request whose caller is known.
///
/// @param authorization what goes on: the caller's own header, or the session's; empty if there is
///   none
record Visit(Inbound inbound, Route route, String requestId, Caller caller, String authorization) {

    /// With its question mark; empty if there is none.
    String query() {
        var query = inbound.request().getHttpURI().getQuery();
        return query == null ? "" : "?" + query;
    }

    HttpFields.Mutable headers() {
        var headers = Passing.headers(inbound, requestId);
        if (authorization.isEmpty()) headers.remove(HttpHeader.AUTHORIZATION);
        else headers.put(HttpHeader.AUTHORIZATION, authorization);
        return headers;
    }
}
