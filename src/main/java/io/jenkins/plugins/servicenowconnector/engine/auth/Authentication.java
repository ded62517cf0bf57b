package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** Gives the header that proves who a request is from. */
@FunctionalInterface
public interface Authentication {

    /**
     * The header for the next request.
     *
     * @return a header that is ready to be sent; null if the connection itself is the proof
     * @throws ServiceNowException if none can be had, for instance because a token is refused
     * @throws InterruptedException if the caller no longer wants it
     */
    AuthHeader header() throws ServiceNowException, InterruptedException;

    /**
     * Hears that ServiceNow answered 401 to a header.
     *
     * @return whether another one can be had, so that the request is worth a second try; never for a password, which would
     *     lock the account
     */
    default boolean replaces(AuthHeader refused) {
        return false;
    }

    /** Why ServiceNow may have refused, to be read after "Possible causes: ". */
    default String causesOfRefusal() {
        return "wrong user name or password; the account is locked, inactive or must change its password; basic"
                + " authentication is restricted on the instance (then the account needs 'Web service access only' or"
                + " the role snc_basic_auth_api_access); a second factor is demanded; the account exists for single"
                + " sign-on only and has no password of its own. It is not tried again, so that the account is not"
                + " locked.";
    }

    /** Something unusual that an administrator should know though calls succeed; empty for nothing. */
    default String remark() {
        return "";
    }
}
