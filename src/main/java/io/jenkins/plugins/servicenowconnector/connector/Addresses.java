package io.jenkins.plugins.servicenowconnector.connector;

import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenEndpoint;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.InstanceUrl;
import java.net.URI;

/** The further addresses of a connector, under the same rules as the instance's own. */
final class Addresses {

    private static final String TOKEN_URL = "Token URL";

    private Addresses() {}

    static URI parse(String field, String text) throws ServiceNowException {
        return InstanceUrl.parse(field, text);
    }

    /** Where tokens are handed out; the instance itself if nothing is given. */
    static URI tokenUrl(String given, URI instance) throws ServiceNowException {
        return given == null ? TokenEndpoint.of(instance) : parse(TOKEN_URL, given);
    }

    static void checkTokenUrl(String given) throws ServiceNowException {
        if (given != null) {
            parse(TOKEN_URL, given);
        }
    }

    static FormValidation check(String field, String text, boolean optional) {
        if (optional && text.isBlank()) {
            return FormValidation.ok();
        }
        try {
            parse(field, text);
            return FormValidation.ok();
        } catch (ServiceNowException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
