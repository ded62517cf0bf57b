package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import java.net.URI;

/**
 * What was asked, as far as an error must name it.
 *
 * @param table the table asked about; empty if none
 * @param method the HTTP method
 * @param url the instance's address
 * @param causesOfRefusal why the way of signing in may be refused
 */
record Asked(String table, Method method, URI url, String causesOfRefusal) {

    Facts facts(Answer answer, String message, String detail) {
        return new Facts(
                table,
                method.name(),
                answer.status(),
                message,
                detail,
                answer.header("x-transaction-id"),
                answer.sentFrom());
    }

    String host() {
        return url.getAuthority();
    }
}
