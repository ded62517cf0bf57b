package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** The rules for the address of an instance: https, or http on this machine; no user, no query, no fragment. */
public final class InstanceUrl {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private InstanceUrl() {}

    /**
     * Reads an address as a person writes it.
     *
     * @param parameter the name of the field, for the error
     * @param text the address; a trailing slash is dropped, a host name with other letters becomes its ASCII form
     * @return scheme, host, port and path, without a trailing slash
     * @throws ServiceNowException if the address cannot be an instance's
     */
    public static URI parse(String parameter, String text) throws ServiceNowException {
        URI url = parseAny(parameter, text);
        check(url.getRawQuery() == null, parameter, "must not hold a query ('?').");
        check(url.getRawFragment() == null, parameter, "must not hold a fragment ('#').");
        check(url.getHost() != null, parameter, "must name a host, such as https://example.service-now.com.");
        check(url.getPort() <= 65535 && url.getPort() != 0, parameter, "names a port that does not exist.");
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean loopback = LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT));
        check(
                scheme.equals("https") || scheme.equals("http") && loopback,
                parameter,
                "must begin with https:// (plain http only for this machine itself).");
        return url;
    }

    private static URI parseAny(String parameter, String text) throws ServiceNowException {
        String trimmed = text == null ? "" : text.trim();
        check(!trimmed.isEmpty(), parameter, "must not be blank; give the address of the instance.");
        check(trimmed.matches("(?i)https?://.*"), parameter, "must begin with https://.");
        // before anything that could repeat it in an error
        check(!trimmed.contains("@"), parameter, "must not hold a user name or password.");
        try {
            return URI.create(new URI(toAscii(trimmed).replaceAll("/+$", "")).toASCIIString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw ServiceNowException.badInput(parameter, "is not an address: " + e.getMessage() + ".");
        }
    }

    /** A host name such as {@code zürich.example.com} in the form that DNS knows. */
    private static String toAscii(String url) {
        int start = url.indexOf("://") + 3;
        int end = start;
        while (end < url.length() && "/:?#@[".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(0, start) + IDN.toASCII(url.substring(start, end)) + url.substring(end);
    }

    private static void check(boolean holds, String parameter, String sentence) throws ServiceNowException {
        if (!holds) {
            throw ServiceNowException.badInput(parameter, sentence);
        }
    }
}
