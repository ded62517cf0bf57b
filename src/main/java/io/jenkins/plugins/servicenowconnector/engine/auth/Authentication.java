package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** Gives the header that proves who a request is from. */
@FunctionalInterface
public interface Authentication {

    /**
     * The header for the next request.
     *
     * @return a header that is ready to be sent; never null
     * @throws ServiceNowException if none can be had, for instance because a token is refused
     * @throws InterruptedException if the caller no longer wants it
     */
    AuthHeader header() throws ServiceNowException, InterruptedException;
}
