package io.meseta.images.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a 401 asks for: a scheme with its parameters (RFC 9110, 11.6.1).
///
/// @param scheme in lower case
/// @param parameters by name in lower case
record Challenge(String scheme, Map<String, String> parameters) {

    private static final int HEADER_MAX = 8192;

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /// Reads all challenges of all `WWW-Authenticate` headers; what is broken is left out.
    static List<Challenge> parse(List<String> headers) {
        var challenges = new ArrayList<Challenge>();
        for (var header : headers) {
            if (header.length() <= HEADER_MAX) new Reading(header).addTo(challenges);
        }
        return challenges;
    }

    static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(each -> each.scheme.equals(scheme)).findFirst();
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /// One header: commas part both parameters and challenges, so each word is a scheme unless an
    /// equals sign follows it.
    private static final class Reading {

        private final String text;
        private int at;

        Reading(String text) {
            this.text = text;
        }

        void addTo(List<Challenge> challenges) {
            var scheme = "";
            var parameters = new LinkedHashMap<String, String>();
            while (at < text.length()) {
                skip(" \t,");
                var word = word();
                if (word.isEmpty()) break;
                skip(" \t");
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    parameters.put(word.toLowerCase(Locale.ROOT), value());
                    continue;
                }
                if (!scheme.isEmpty()) challenges.add(new Challenge(scheme, parameters));
                scheme = word.toLowerCase(Locale.ROOT);
                parameters.clear();
            }
            if (!scheme.isEmpty()) challenges.add(new Challenge(scheme, parameters));
        }

        private void skip(String any) {
            while (at < text.length() && any.indexOf(text.charAt(at)) >= 0) at++;
        }

        private String word() {
            int from = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) at++;
            return text.substring(from, at);
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') return word();
            var value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
                value.append(text.charAt(at));
            }
            at++;
            return value.toString();
        }
    }
}
