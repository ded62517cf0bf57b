package io.jenkins.plugins.servicenowconnector.simulator;

import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply.Ending;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The requests that arrived, the last few thousand of them. */
final class RequestLog {

    private static final int KEPT = 5_000;

    private final Deque<Exchange> last = new ArrayDeque<>();
    private long count;

    synchronized void add(Call call, Reply reply) {
        boolean isCut = reply.ending() != Ending.WHOLE && reply.ending() != Ending.DRIBBLED;
        int status = isCut ? 0 : reply.status();
        last.add(new Exchange(call.method(), call.path(), call.query(), call.headers(), body(call), status));
        count++;
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** Files are not kept. */
    private static String body(Call call) {
        String type = call.header("Content-Type");
        boolean isText = call.body().length == 0 || type.contains("json") || type.contains("urlencoded");
        return isText || !call.path().contains("/attachment") ? call.text() : "(" + call.body().length + " bytes)";
    }

    synchronized List<Exchange> last() {
        return List.copyOf(last);
    }

    synchronized long count() {
        return count;
    }

    synchronized void clear() {
        last.clear();
        count = 0;
    }
}
