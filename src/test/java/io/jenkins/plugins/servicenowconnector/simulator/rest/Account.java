package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.util.Set;

/**
 * Somebody who may call the instance.
 *
 * @param basicAuthAllowed false: Basic auth is restricted for this user, so that even the right password gives 401
 */
public record Account(String userName, String password, Set<Role> roles, boolean basicAuthAllowed) {

    public boolean has(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }

    public Account withoutBasicAuth() {
        return new Account(userName, password, roles, false);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return userName + " " + roles;
    }
}
