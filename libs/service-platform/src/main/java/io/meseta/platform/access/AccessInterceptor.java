package io.meseta.platform.access;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Target;
import io.meseta.authorization.TargetKind;
import io.meseta.authorization.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Stands before every handler and enforces what its route says.
final class AccessInterceptor implements HandlerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(AccessInterceptor.class);

    private static final RuleId UNSAID = new RuleId(RuleId.BUILT_IN, "route-without-policy");

    private final Access access;
    private final RouteGuard guard;
    private final List<PathPolicy> paths;

    AccessInterceptor(Access access, RouteGuard guard, List<PathPolicy> paths) {
        this.access = access;
        this.guard = guard;
        this.paths = paths.stream().sorted().toList();
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        var path = request.getRequestURI();
        return switch (policy(handler, path)) {
            case RoutePolicy.ForEverybody _ -> true;
            case RoutePolicy.ForTheKnown _ -> guard.isKnown(request, response);
            case RoutePolicy.ForTheAllowed(var action) ->
                    guard.isKnown(request, response) && isAllowed(request, response, action, path);
            case RoutePolicy.Unsaid _ -> {
                LOG.atError().addKeyValue("path", path).log("A route without a policy was called");
                guard.deny(
                        request,
                        response,
                        new Verdict.Denied(UNSAID, 0, "The route does not say who may use it"));
                yield false;
            }
        };
    }

    private RoutePolicy policy(Object handler, String path) {
        var annotated =
                handler instanceof HandlerMethod method
                        ? RoutePolicy.of(method)
                        : new RoutePolicy.Unsaid();
        if (!(annotated instanceof RoutePolicy.Unsaid)) return annotated;
        return paths.stream()
                .filter(each -> each.matches(path))
                .map(PathPolicy::policy)
                .findFirst()
                .orElse(annotated);
    }

    private boolean isAllowed(
            HttpServletRequest request, HttpServletResponse response, Action action, String path)
            throws IOException {
        var target =
                action.target() == TargetKind.ENDPOINTS
                        ? Target.of(TargetKind.ENDPOINTS, Attribute.PATH, path)
                        : Target.of(action.target());
        return switch (access.decide(guard.caller(request), action, target)) {
            case Verdict.Allowed _ -> true;
            case Verdict.Denied denied -> {
                guard.deny(request, response, denied);
                yield false;
            }
        };
    }
}
