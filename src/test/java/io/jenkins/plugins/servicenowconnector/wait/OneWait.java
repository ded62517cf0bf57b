package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** One wait that lives by readings and a clock; no Jenkins, no network. */
abstract class OneWait {

    static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    static final ApprovalDefaults DEFAULTS = new ApprovalDefaults("change_request");

    final List<String> log = new ArrayList<>();
    final Instant start = Instant.parse("2026-11-22T10:00:00Z");
    Instant now = start;
    long nanos;
    ApprovalWait wait;

    @BeforeEach
    void begin() throws Exception {
        wait = new ApprovalWait(
                new ApprovalRequest(null, "CHG0030001", null, null, null, null, null, null, null, null),
                new Target("test", "", "change_request"),
                Duration.ofMinutes(1),
                start.plus(Duration.ofDays(1)));
        wake();
    }

    void wake() throws ServiceNowException {
        wait.wake(DEFAULTS, words(), now, () -> nanos);
    }

    WaitLog words() {
        return new WaitLog(log::add, () -> now);
    }

    /** The wait as it is read from its build, in another life of Jenkins. */
    void restart() throws Exception {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(stored)) {
            out.writeObject(wait);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
            wait = (ApprovalWait) in.readObject();
        }
    }

    void after(Duration time) {
        now = now.plus(time);
        nanos += Math.max(time.toNanos(), 0);
    }

    Optional<WaitEnd> look(Ticket ticket) {
        return wait.take(Reading.of(ticket, now), false, now);
    }

    Optional<WaitEnd> fail(Kind kind) {
        return fail(kind, Facts.NONE);
    }

    Optional<WaitEnd> fail(Kind kind, Facts facts) {
        ServiceNowException failure = new ServiceNowException(kind, "something went wrong", facts);
        return wait.take(Reading.failed(failure), false, now);
    }

    static Ticket change(String state, String approval) {
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        fields.put("state", new FieldValue(state, state));
        fields.put("approval", new FieldValue(approval, approval));
        fields.put("active", new FieldValue("true", "true"));
        fields.put("on_hold", new FieldValue("false", "false"));
        fields.put("on_hold_reason", FieldValue.EMPTY);
        fields.put("start_date", FieldValue.EMPTY);
        fields.put("end_date", FieldValue.EMPTY);
        return new Ticket("change_request", SYS_ID, "CHG0030001", fields);
    }
}
