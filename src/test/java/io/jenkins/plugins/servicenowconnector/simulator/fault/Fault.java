package io.jenkins.plugins.servicenowconnector.simulator.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Later;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply.Ending;
import io.jenkins.plugins.servicenowconnector.simulator.rest.RestApi;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One thing that goes wrong; decides whether the instance gets to see the request at all. */
public final class Fault {

    /** A personal developer instance that sleeps: every path is 200 with HTML, from the edge. */
    public static final Fault HIBERNATING = edge(
            "hibernating",
            Reply.html(
                    200,
                    "Instance Hibernating page",
                    "Your instance is currently hibernating. This instance is hibernating."));

    /** A reclaimed instance: the edge finds nothing behind it. */
    public static final Fault BAD_GATEWAY = edge("bad gateway", Reply.html(502, "502 Bad Gateway", "502 Bad Gateway"));

    /** Maintenance or upgrade. */
    public static final Fault MAINTENANCE =
            edge("maintenance", Reply.html(503, "Offline", "Your instance is currently offline."));

    /** Single sign-on answers instead: the login page as 200. */
    public static final Fault LOGIN_PAGE = node("login page", Reply.html(200, "Log in", "User name Password"));

    /** Single sign-on answers instead: a redirect to the login page. */
    public static final Fault LOGIN_REDIRECT = new Fault(
            "login redirect",
            (call, instance, later) -> Reply.empty(302).with("Location", call.address() + "/login.do"));

    /** 401 whatever the credentials, byte-identical to a wrong password. */
    public static final Fault UNAUTHENTICATED = node("401", RestApi.unauthenticated());

    /** 401 with the one header that tells a missing second factor. */
    public static final Fault MFA_DEMANDED =
            node("MFA demanded", RestApi.unauthenticated().with("X-MFA_TOKEN", "invalid"));

    /** 403: the OAuth client has no scope. */
    public static final Fault UNSCOPED =
            node("unscoped", Reply.error(403, "User Not Authorized", "Access to unscoped api is not allowed"));

    /** 403 without a known cause. */
    public static final Fault FORBIDDEN = node("403", Reply.error(403, "User Not Authorized", null));

    public static final Fault NOT_FOUND = node(
            "404", Reply.error(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval"));

    /** 429 of a full semaphore queue: no header says when to come back. */
    public static final Fault OVERLOADED = node("429 without headers", Reply.error(429, "Rate limit exceeded", null));

    /** 202 of the session queue: the request is not processed. */
    public static final Fault NOT_PROCESSED = node("202", Reply.empty(202));

    /** 500 of the transaction quota; the write may have committed, here it has not. */
    public static final Fault QUOTA = node("quota", quotaReply());

    /** 500 of the transaction quota after the write has committed. */
    public static final Fault QUOTA_AFTER_COMMIT = new Fault("quota after commit", (call, instance, later) -> {
        instance.get();
        return quotaReply();
    });

    /** 403 although the write succeeded: the record cannot be read after it. */
    public static final Fault FORBIDDEN_AFTER_COMMIT = new Fault("403 after commit", (call, instance, later) -> {
        instance.get();
        return Reply.error(403, "User Not Authorized", null);
    });

    /** 200 with a good result that is followed by an error. */
    public static final Fault TRAILING_ERROR =
            new Fault("trailing error", (call, instance, later) -> withTrailingError(instance.get()));

    /** 200 whose JSON ends in the middle. */
    public static final Fault TRUNCATED = new Fault("truncated", (call, instance, later) -> {
        Reply whole = instance.get();
        return whole.withBody(whole.text().substring(0, whole.text().length() / 2));
    });

    /** 200 with good JSON that calls itself something else. */
    public static final Fault WRONG_CONTENT_TYPE = new Fault(
            "wrong content type",
            (call, instance, later) ->
                    Reply.of(200, "text/plain;charset=UTF-8", instance.get().text()));

    /**
     * The connection is reset; the instance never sees the request. The JDK's client silently repeats a GET that meets
     * this on a kept connection, so let it last where a GET shall fail.
     */
    public static final Fault CUT =
            new Fault("cut", (call, instance, later) -> Reply.empty(200).ending(Ending.RESET));

    /** The connection is reset after the instance has done what was asked. */
    public static final Fault CUT_AFTER_COMMIT = new Fault(
            "cut after commit", (call, instance, later) -> instance.get().ending(Ending.RESET));

    /** The connection is closed without an answer after the instance has done what was asked. */
    public static final Fault CLOSED_AFTER_COMMIT = new Fault(
            "closed after commit", (call, instance, later) -> instance.get().ending(Ending.CLOSED));

    /** The connection ends in the middle of the answer, after the instance has done what was asked. */
    public static final Fault CUT_IN_ANSWER =
            new Fault("cut in answer", (call, instance, later) -> instance.get().ending(Ending.BROKEN));

    /** The connection is reset at once; the request is done when {@link Later#hurry} is called. */
    public static final Fault HELD_COMMIT = new Fault("held commit", (call, instance, later) -> {
        later.hold(instance::get);
        return Reply.empty(200).ending(Ending.RESET);
    });

    /** How a fault makes its reply. */
    @FunctionalInterface
    private interface Effect {

        Reply reply(Call call, Supplier<Reply> instance, Later later);
    }

    private final String name;
    private final Effect effect;

    private Fault(String name, Effect effect) {
        this.name = name;
        this.effect = effect;
    }

    /** Answers with this and leaves the instance alone. */
    private static Fault node(String name, Reply reply) {
        return new Fault(name, (call, instance, later) -> reply);
    }

    private static Fault edge(String name, Reply reply) {
        return node(name, reply.with("Server", "snow_adc"));
    }

    /** Any other reply in place of the instance's. */
    public static Fault reply(Reply reply) {
        return node("reply " + reply.status(), reply);
    }

    /** 429 of a rate rule, which says when to come back. */
    public static Fault rateLimited(int retryAfterSeconds) {
        long reset = System.currentTimeMillis() / 1000 + retryAfterSeconds;
        return node(
                "429 with headers",
                Reply.error(429, "Rate limit exceeded", "Rate limit of 100 requests per hour for Table API exceeded")
                        .with("X-RateLimit-Limit", "100")
                        .with("X-RateLimit-Reset", String.valueOf(reset))
                        .with("X-RateLimit-Rule", "3f1d5a7e0a0a0b2f00c1d2e3f4a5b6c7")
                        .with("Retry-After", String.valueOf(retryAfterSeconds)));
    }

    /** The answer comes late. */
    public static Fault slow(Duration delay) {
        return new Fault("slow", (call, instance, later) -> instance.get().after(delay));
    }

    /**
     * The answer does not come before the latch is open.
     *
     * @param met takes the requests that meet this fault
     */
    public static Fault held(CountDownLatch latch, Consumer<Call> met) {
        return new Fault("held", (call, instance, later) -> {
            Reply reply = instance.get();
            met.accept(call);
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return reply;
        });
    }

    /** The instance does what is asked at once; its answer comes when it is let go. */
    public static Fault held(Held held) {
        return new Fault("held", (call, instance, later) -> {
            Reply reply = instance.get();
            held.hold();
            return reply;
        });
    }

    /** Another reply in place of the instance's, which comes when it is let go. */
    public static Fault held(Held held, Reply reply) {
        return new Fault("held reply " + reply.status(), (call, instance, later) -> {
            held.hold();
            return reply;
        });
    }

    /** The head of the answer comes at once, its body in pieces over this time. */
    public static Fault dribbling(Duration over) {
        return new Fault(
                "dribbling",
                (call, instance, later) -> instance.get().after(over).ending(Ending.DRIBBLED));
    }

    /** The connection is reset at once, yet the request is done some time later. */
    public static Fault lateCommit(Duration delay) {
        return new Fault("late commit", (call, instance, later) -> {
            later.after(delay, instance::get);
            return Reply.empty(200).ending(Ending.RESET);
        });
    }

    /** No answer comes for the first time, then the connection is reset; the request is done after the second. */
    public static Fault silentThenLateCommit(Duration silence, Duration delay) {
        return new Fault("silence", (call, instance, later) -> {
            later.after(delay, instance::get);
            return Reply.empty(200).after(silence).ending(Ending.RESET);
        });
    }

    private static Reply quotaReply() {
        return Reply.error(
                500,
                "Transaction cancelled: maximum execution time exceeded",
                "Transaction cancelled: maximum execution time exceeded. Check logs for error trace.");
    }

    private static Reply withTrailingError(Reply good) {
        ObjectNode error = Reply.errorBody(
                "Transaction cancelled: maximum execution time exceeded", "Check logs for error trace.");
        String whole = good.text();
        String open = whole.substring(0, whole.length() - 1);
        return good.withBody(open + "," + error.toString().substring(1));
    }

    /**
     * The reply that this fault makes of a request.
     *
     * @param instance what a healthy instance does with the request; doing it once is enough
     */
    public Reply apply(Call call, Supplier<Reply> instance, Later later) {
        return effect.reply(call, instance, later);
    }

    @Override
    public String toString() {
        return name;
    }
}
