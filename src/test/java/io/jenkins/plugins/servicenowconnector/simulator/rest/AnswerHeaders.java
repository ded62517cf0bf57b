package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.Locale;

/** The headers that an application node puts on every answer. */
final class AnswerHeaders {

    private final InstanceClock clock;

    AnswerHeaders(InstanceClock clock) {
        this.clock = clock;
    }

    Reply on(Reply reply, Call call, boolean isLoggedIn) {
        Reply plain = reply.with("X-Is-Logged-In", String.valueOf(isLoggedIn))
                .with("X-Transaction-ID", Tables.newSysId().substring(0, 12))
                .with("X-Content-Type-Options", "nosniff")
                .with("Pragma", "no-store,no-cache")
                .with("Cache-Control", "no-cache,no-store,must-revalidate,max-age=-1")
                .with("Expires", "0")
                .with("Server", "ServiceNow")
                .with("Server-Timing", "sem_wait;dur=0, sesh_wait;dur=0")
                .with("Date", clock.httpDate());
        return call.header("Cookie").contains("JSESSIONID=") ? plain : newSession(plain);
    }

    private static Reply newSession(Reply reply) {
        String id = Tables.newSysId().toUpperCase(Locale.ROOT);
        return reply.with("Set-Cookie", "JSESSIONID=" + id + "; Path=/; HttpOnly; SameSite=None")
                .with("Set-Cookie", "glide_user=; Max-Age=0; Path=/; HttpOnly")
                .with(
                        "Set-Cookie",
                        "glide_user_route=glide." + Tables.newSysId() + "; Max-Age=2147483647; Path=/; HttpOnly")
                .with("Set-Cookie", "glide_session_store=" + id + "; Max-Age=60; Path=/; HttpOnly");
    }
}
