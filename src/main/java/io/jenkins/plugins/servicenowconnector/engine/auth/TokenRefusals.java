package io.jenkins.plugins.servicenowconnector.engine.auth;

import java.util.List;
import java.util.Locale;

/** What the error codes of a token endpoint mean for whoever set the connector up (servicenow-rest §6.3). */
final class TokenRefusals {

    /** Which fields of a token request must never be repeated. */
    static final List<String> SECRET_FIELDS = List.of("client_secret", "refresh_token", "client_assertion");

    private TokenRefusals() {}

    /**
     * To be read after the host's name.
     *
     * @param causes why the grant in particular may be refused
     * @return empty if the code is none that we know
     */
    static String sentence(String error, String description, String causes) {
        return switch (error.toLowerCase(Locale.ROOT)) {
            case "invalid_client" ->
                "does not know the client: check the client id and the client secret or certificate, and that the"
                        + " application is active.";
            case "unauthorized_client" ->
                "knows the client but has nobody for it to act as: set the OAuth Application User in the application's"
                        + " record in ServiceNow's registry, and check that the application may use this grant type.";
            case "invalid_grant" -> "does not accept the grant. Possible causes: " + causes;
            case "unsupported_grant_type" ->
                "does not offer this grant type: for client credentials set the system property"
                        + " glide.oauth.inbound.client.credential.grant_type.enabled to true, or choose another"
                        + " authentication.";
            case "invalid_scope" -> "does not grant the scope: check the scope in the connector, or leave it empty.";
            case "invalid_request" ->
                "does not understand the request: check that the token URL fits the authentication.";
            case "server_error", "access_denied" -> denied(description, causes);
            default -> "";
        };
    }

    /** ServiceNow says "server_error: access_denied" for nearly everything. */
    private static String denied(String description, String causes) {
        String what = description.isBlank() || description.equals("access_denied") ? "denies access" : "refuses";
        return what + " without saying why. Possible causes: " + causes;
    }
}
