package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects an answer's body up to a limit, beyond which the call fails instead of filling the memory. */
final class CappedBody implements BodySubscriber<byte[]> {

    /** The body is larger than the request allowed. */
    static final class TooLargeException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooLargeException(int limit) {
            super("more than " + limit + " bytes");
        }
    }

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final int limit;
    private long received;
    private Flow.Subscription subscription;

    CappedBody(int limit) {
        this.limit = limit;
        bytes.getBody().whenComplete((all, failure) -> {
            if (failure == null) {
                body.complete(all);
            } else {
                body.completeExceptionally(failure);
            }
        });
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        bytes.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received > limit) {
            subscription.cancel();
            body.completeExceptionally(new TooLargeException(limit));
        } else {
            bytes.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}
