package io.jenkins.plugins.servicenowconnector.engine.http;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Locale;

/** Says in a sentence why a proxy did not carry a call. */
final class ProxyFailures {

    /** Which proofs the JDK's client never gives to a proxy for https; where it is not set, Basic is among them. */
    private static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

    private ProxyFailures() {}

    /** The proxy's 407. */
    static ServiceNowException unauthenticated(Request request) {
        HttpProxy proxy = request.route().proxy();
        if (proxy == null) {
            return refused("Something between the node and " + request.uri().getAuthority()
                    + " demands a user name and password for a proxy, but no proxy is set for this call.");
        }
        if (!proxy.hasUser()) {
            return refused(
                    "The proxy " + proxy + " demands a user name and password: enter them in Jenkins' proxy settings.");
        }
        if ("https".equalsIgnoreCase(request.uri().getScheme()) && keepsBasicToItself()) {
            return refused("The proxy " + proxy
                    + " demands a user name and password, which the Java of the node that makes"
                    + " the call does not send for https: start that Java with -D" + DISABLED + "= (nothing after the"
                    + " equals sign).");
        }
        return refused("The proxy " + proxy
                + " does not accept the user name and password in Jenkins' proxy settings: correct them there.");
    }

    /** Another refusal than the 407, made before the request itself was sent. */
    static ServiceNowException tunnel(Request request, String said, Throwable failure) {
        return ServiceNowException.noAnswer(
                Kind.NETWORK,
                "The proxy " + request.route().proxy() + " does not connect to "
                        + request.uri().getAuthority() + " (" + said
                        + "): check the connector's URL, and that the proxy"
                        + " may reach that host.",
                false,
                failure);
    }

    private static boolean keepsBasicToItself() {
        return System.getProperty(DISABLED, "Basic").toLowerCase(Locale.ROOT).contains("basic");
    }

    private static ServiceNowException refused(String sentence) {
        return ServiceNowException.noAnswer(Kind.NETWORK, sentence, false, null);
    }
}
