package io.jenkins.plugins.servicenowconnector.simulator.signin;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The access tokens in circulation. */
public final class AccessTokens {

    /** What the registry of applications has by default. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofSeconds(1_800);

    private final InstanceClock clock;
    private final List<Token> tokens = new ArrayList<>();
    private Duration lifetime = DEFAULT_LIFETIME;

    AccessTokens(InstanceClock clock) {
        this.clock = clock;
    }

    synchronized void reset() {
        tokens.clear();
        lifetime = DEFAULT_LIFETIME;
    }

    /** How long tokens live that are made from now on. */
    public synchronized void lifetime(Duration howLong) {
        lifetime = howLong;
    }

    /** Ends every token before its time, as an administrator does who revokes them. */
    public synchronized void revokeAll() {
        tokens.clear();
    }

    /** The same token again while it lives, with what remains of its life. */
    synchronized Token issue(String clientId, String userName) {
        return tokens.stream()
                .filter(token -> token.clientId.equals(clientId) && token.userName.equals(userName))
                .filter(token -> token.ends.isAfter(clock.now()))
                .findFirst()
                .orElseGet(() -> fresh(clientId, userName));
    }

    private Token fresh(String clientId, String userName) {
        Token token = new Token(
                Tables.newSysId() + Tables.newSysId(),
                clientId,
                userName,
                clock.now().plus(lifetime));
        tokens.add(token);
        return token;
    }

    /** Whose living token that is. */
    synchronized Optional<String> userName(String value) {
        return tokens.stream()
                .filter(token -> token.value.equals(value) && token.ends.isAfter(clock.now()))
                .map(Token::userName)
                .findFirst();
    }

    long secondsLeft(Token token) {
        return Duration.between(clock.now(), token.ends).toSeconds();
    }

    /** One token of one user. */
    record Token(String value, String clientId, String userName, Instant ends) {

        @Override
        public String toString() {
            return "token of " + userName;
        }
    }
}
