package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Instant;
import java.util.Map;

/** What is shown to a token endpoint in order to get an access token. */
public interface Grant {

    /**
     * The fields of the form that is posted.
     *
     * @param now this side's time
     * @return names and values, not yet encoded; the values are secrets
     * @throws ServiceNowException if they cannot be made
     */
    Map<String, String> form(Instant now) throws ServiceNowException;

    /** Why this grant in particular may be refused, to be read after "Possible causes: ". */
    String causesOfRefusal();

    /** The refresh token that was sent, so that another one in the answer is noticed; empty for none. */
    default String refreshToken() {
        return "";
    }
}
