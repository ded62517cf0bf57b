package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Keeps the access token of one connector in memory, renewed before it ends, once for all calls that wait for it.
 *
 * <p>It lives as long as the settings it was made of; the transport comes with each call, because each run may have its own.
 */
public final class TokenSource {

    private final TokenEndpoint endpoint;
    private final Grant grant;
    private final InstantSource clock;

    private Token current;
    private CompletableFuture<Token> renewal;

    /**
     * @param endpoint where tokens are handed out
     * @param grant what is shown there
     * @param clock this side's clock
     */
    public TokenSource(TokenEndpoint endpoint, Grant grant, InstantSource clock) {
        this.endpoint = endpoint;
        this.grant = grant;
        this.clock = clock;
    }

    /**
     * An authentication for calls of one run.
     *
     * @param transport who carries token requests, on the way that leads to the endpoint
     */
    public Authentication over(Transport transport) {
        return new TokenAuthentication(this, transport);
    }

    /** A header with a token that still lives. */
    AuthHeader header(Transport transport) throws ServiceNowException, InterruptedException {
        while (true) {
            CompletableFuture<Token> mine = null;
            CompletableFuture<Token> awaited;
            synchronized (this) {
                if (current != null && current.isUsable(clock.instant())) {
                    return current.header();
                }
                if (renewal == null) {
                    mine = new CompletableFuture<>();
                    renewal = mine;
                }
                awaited = renewal;
            }
            if (mine != null) {
                renew(mine, transport);
            }
            Token token = result(awaited);
            if (token != null) {
                return token.header();
            }
        }
    }

    /** Forgets the token if it is still the one that was refused: others may have renewed it meanwhile. */
    synchronized void drop(AuthHeader refused) {
        if (current != null && current.header() == refused) {
            current = null;
        }
    }

    /** Whether the endpoint left the lifetime of the present token to us. */
    synchronized boolean assumesLifetime() {
        return current != null && current.assumed();
    }

    /** Completes the renewal in every case, so that nobody waits for ever; null where somebody else must try. */
    private void renew(CompletableFuture<Token> mine, Transport transport) throws InterruptedException {
        Token token = null;
        ServiceNowException failure = null;
        try {
            token = endpoint.ask(grant, transport, clock.instant());
        } catch (ServiceNowException e) {
            failure = e;
        } finally {
            synchronized (this) {
                current = token;
                renewal = null;
            }
            if (failure == null) {
                mine.complete(token);
            } else {
                mine.completeExceptionally(failure);
            }
        }
    }

    private static Token result(CompletableFuture<Token> renewal) throws ServiceNowException, InterruptedException {
        try {
            return renewal.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceNowException known) {
                // several calls throw it, each its own
                throw known.with(known.facts());
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "tokens of " + endpoint.url().getAuthority();
    }
}
