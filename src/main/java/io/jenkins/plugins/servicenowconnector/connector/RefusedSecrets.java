package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops all calls that carry a secret which an instance has refused: five wrong passwords lock an account.
 *
 * <p>Another secret is tried at once, the same one only after half an hour.
 */
final class RefusedSecrets {

    static final Duration PAUSE = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final Map<String, Instant> refusedAt = new ConcurrentHashMap<>();

    RefusedSecrets(InstantSource clock) {
        this.clock = clock;
    }

    /** The same transport, asking here first. */
    Transport guard(String connector, Transport transport) {
        return request -> {
            if (request.auth() == null) {
                // a token request, or a certificate: no password that could lock an account
                return transport.send(request);
            }
            String secret = key(connector, request);
            refuseIfKnown(secret, request);
            Answer answer = transport.send(request);
            if (answer.status() == 401) {
                refusedAt.put(secret, clock.instant());
            }
            return answer;
        };
    }

    private void refuseIfKnown(String secret, Request request) throws ServiceNowException {
        Instant at = refusedAt.get(secret);
        if (at == null) {
            return;
        }
        if (clock.instant().isBefore(at.plus(PAUSE))) {
            throw ServiceNowException.noAnswer(
                    Kind.UNAUTHENTICATED,
                    request.uri().getAuthority() + " has refused this account's password at " + at
                            + "; it is not tried again before " + at.plus(PAUSE)
                            + ", so that the account is not locked. Correct the credential to try at once.",
                    false,
                    null);
        }
        refusedAt.remove(secret);
    }

    /** Only a digest of the secret is kept. */
    private static String key(String connector, Request request) {
        AuthHeader header = request.auth();
        return connector + " " + request.uri().getAuthority() + " " + Util.getDigestOf(header.value());
    }
}
