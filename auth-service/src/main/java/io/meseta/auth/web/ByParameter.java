package io.meseta.auth.web;

import io.meseta.auth.changes.Caller;
import io.meseta.platform.access.CallerAddress;
import io.meseta.platform.identity.Callers;
import io.meseta.platform.trace.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives controllers the caller, with the address that the audit wants.
final class ByParameter implements HandlerMethodArgumentResolver {

    private final Callers callers;
    private final CallerAddress addresses;

    ByParameter(Callers callers, CallerAddress addresses) {
        this.callers = callers;
        this.addresses = addresses;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Caller.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var servlet = request.getNativeRequest(HttpServletRequest.class);
        if (servlet == null) throw new IllegalStateException("not a servlet's request");
        var id = RequestIds.current().orElse("");
        var subject = callers.of(servlet).subject();
        return Caller.unknown(addresses.of(servlet), id).as(subject.kind(), subject.principal());
    }
}
