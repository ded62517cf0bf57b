package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * A body that is not sent any more once the call's time is over.
 *
 * <p>Between the begin of a call and its body lies the connecting, in which this process may stand still for any time. The timers
 * of the JDK's client notice that when it goes on, but not before the client goes on as well. Two clocks are asked: one
 * does not count the time for which a machine sleeps, the other can be set back. A server that gets no body does nothing.
 */
final class TimelyBody implements BodyPublisher {

    /** The process stood still for longer than the call had. */
    static final class TooLateException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooLateException() {
            super("too late to send the body");
        }
    }

    private final BodyPublisher body;
    private final Duration most;
    private final InstantSource clock;
    private final long begunMillis;
    private final long begunNanos = System.nanoTime();

    /** @param most how long after this moment the body may be sent */
    TimelyBody(BodyPublisher body, Duration most, InstantSource clock) {
        this.body = body;
        this.most = most;
        this.clock = clock;
        begunMillis = clock.millis();
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        boolean isLate =
                clock.millis() - begunMillis > most.toMillis() || System.nanoTime() - begunNanos > most.toNanos();
        if (isLate) {
            subscriber.onSubscribe(new Nothing());
            subscriber.onError(new TooLateException());
        } else {
            body.subscribe(subscriber);
        }
    }

    /** Gives nothing, whatever is asked for. */
    private static final class Nothing implements Subscription {

        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }
}
