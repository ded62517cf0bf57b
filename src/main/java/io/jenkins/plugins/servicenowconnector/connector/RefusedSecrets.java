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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops all calls that carry a secret which an instance has refused: five wrong passwords lock an account.
 *
 * <p>Another secret is tried at once, the same one by a single call after half an hour. A secret that has not worked yet
 * is tried by one call at a time, so that many calls at once do not lock the account either.
 */
final class RefusedSecrets {

    static final Duration PAUSE = Duration.ofMinutes(30);

    private static final Duration USER_PAUSE = Duration.ofMinutes(5);

    private static final RefusedSecrets SHARED = new RefusedSecrets(InstantSource.system());

    private final InstantSource clock;
    private final Map<Secret, Instant> refusedAt = new ConcurrentHashMap<>();
    private final Map<Secret, ReentrantLock> unproven = new ConcurrentHashMap<>();
    private final Map<String, Instant> forgottenForUser = new ConcurrentHashMap<>();
    private final Set<Secret> proven = ConcurrentHashMap.newKeySet();

    RefusedSecrets(InstantSource clock) {
        this.clock = clock;
    }

    /** The one memory of this Jenkins. */
    static RefusedSecrets get() {
        return SHARED;
    }

    /** The same transport, asking here first. */
    Transport guard(String connector, Transport transport) {
        return request -> {
            if (request.auth() == null || isToken(request.auth())) {
                // no password that could lock an account: a token is renewed by the engine, a certificate locks nobody
                // out
                return transport.send(request);
            }
            Secret secret = Secret.of(connector, request);
            return proven.contains(secret) ? send(secret, transport, request) : sendFirst(secret, transport, request);
        };
    }

    /** Forgets what was refused, because somebody wants it to be tried now. */
    void forget(String connector) {
        refusedAt.keySet().removeIf(secret -> secret.connector.equals(connector));
    }

    /**
     * Forgets what was refused, because somebody who does not administer the connector wants it to be tried now: once in
     * five minutes, because five wrong ones lock the account.
     */
    synchronized void forgetForUser(String connector) {
        Instant now = clock.instant();
        Instant last = forgottenForUser.get(connector);
        if (stoppedSince(connector).isPresent() && (last == null || !now.isBefore(last.plus(USER_PAUSE)))) {
            forgottenForUser.put(connector, now);
            forget(connector);
        }
    }

    /** Since when calls of a connector are stopped; empty if they are not. */
    Optional<Instant> stoppedSince(String connector) {
        return refusedAt.entrySet().stream()
                .filter(each -> each.getKey().connector.equals(connector))
                .map(Map.Entry::getValue)
                .filter(at -> clock.instant().isBefore(at.plus(PAUSE)))
                .findFirst();
    }

    private Answer sendFirst(Secret secret, Transport transport, Request request)
            throws ServiceNowException, InterruptedException {
        ReentrantLock turn = unproven.computeIfAbsent(secret, each -> new ReentrantLock());
        boolean mine = turn.tryLock(request.limits().total().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return send(secret, transport, request);
        } finally {
            if (mine) {
                turn.unlock();
            }
        }
    }

    private Answer send(Secret secret, Transport transport, Request request)
            throws ServiceNowException, InterruptedException {
        refuseIfKnown(secret, request);
        Answer answer = transport.send(request);
        // a connector has one secret at a time: what was refused before is no longer in use
        forget(secret.connector);
        if (answer.status() == 401) {
            proven.remove(secret);
            refusedAt.put(secret, clock.instant());
        } else {
            proven.add(secret);
            unproven.remove(secret);
        }
        return answer;
    }

    private static boolean isToken(AuthHeader header) {
        return header.value().startsWith("Bearer ");
    }

    private void refuseIfKnown(Secret secret, Request request) throws ServiceNowException {
        Instant at = refusedAt.get(secret);
        if (at == null) {
            return;
        }
        Instant now = clock.instant();
        if (!now.isBefore(at.plus(PAUSE)) && refusedAt.replace(secret, at, now)) {
            return;
        }
        throw ServiceNowException.noAnswer(
                Kind.UNAUTHENTICATED,
                request.uri().getAuthority() + " has refused this account's secret at " + at
                        + "; it is not tried again before " + at.plus(PAUSE)
                        + ", so that the account is not locked. Correct the credential to try at once.",
                false,
                null);
    }

    /** A connector's secret for one host, of which only a digest is kept. */
    private record Secret(String connector, String host, String digest) {

        static Secret of(String connector, Request request) {
            AuthHeader header = request.auth();
            return new Secret(connector, request.uri().getAuthority(), Util.getDigestOf(header.value()));
        }
    }
}
