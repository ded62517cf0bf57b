package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Map;

/** What was given for the fields of a token request. */
final class Given {

    private Given() {}

    static String notBlank(String parameter, String text) throws ServiceNowException {
        if (text == null || text.isBlank()) {
            throw ServiceNowException.badInput(parameter, "must not be blank.");
        }
        return text;
    }

    static void putIfGiven(Map<String, String> form, String name, String text) {
        if (text != null && !text.isBlank()) {
            form.put(name, text);
        }
    }
}
