package io.jenkins.plugins.servicenowconnector.engine.http;

import java.util.Locale;

/** Says in a sentence why no encrypted connection came about. */
final class TlsFailures {

    private static final String NO_CONNECTION = "No trusted encrypted connection to ";

    private TlsFailures() {}

    /**
     * @param host the server
     * @param text what Java says, which is all there is to tell the causes apart
     */
    static String sentence(String host, String text, boolean certificateShown) {
        String said = text.toLowerCase(Locale.ROOT);
        if (said.contains("no subject alternative") || said.contains("no name matching")) {
            return NO_CONNECTION + host + ": its certificate is for another host name (" + text
                    + "). Check the connector's URL; it must use the name in the certificate.";
        }
        if (said.contains("notafter")
                || said.contains("certificate expired")
                || said.contains("validity check failed")) {
            return NO_CONNECTION + host
                    + ": its certificate has expired, or the clock of the node that makes the call is" + " wrong ("
                    + text + ").";
        }
        if (said.contains("certificate_required") || said.contains("bad_certificate") && !certificateShown) {
            return host + " demands a client certificate: choose an authentication with a client certificate for the"
                    + " connector.";
        }
        if (said.contains("received fatal alert") && certificateShown) {
            return host + " does not accept the client certificate (" + text
                    + "): check that it is the right one, that it has not expired, and that the instance trusts the"
                    + " authority that signed it.";
        }
        return NO_CONNECTION + host + ": " + text
                + ". Add the certificate of the authority that signed it to the Java trust store of the node that makes"
                + " the call.";
    }
}
