package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the specification says of the log of a wait, sentence by sentence; no Jenkins, no network. */
class WaitLogTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    private final List<String> log = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final WaitLog words = new WaitLog(log::add, () -> now);
    private ApprovalWait wait;

    @BeforeEach
    void begin() throws Exception {
        wait = new ApprovalWait(
                new ApprovalRequest(null, "CHG0030001", null, null, null, null, null, null, null, null),
                new Target("prod", "", "change_request"),
                Duration.ofMinutes(1),
                Instant.parse("2026-11-23T10:00:00Z"));
        wait.wake(new ApprovalDefaults("change_request"), words, now);
    }

    @Test
    @DisplayName("Log: at the start ticket, link, criteria, window, deadline")
    void start() {
        words.begun(wait, "Production", "https://example.service-now.com/x");

        assertThat(log)
                .startsWith(
                        "Waiting for approval of CHG0030001 on Production, every 1m until 2026-11-23T10:00:00Z",
                        "  https://example.service-now.com/x")
                .anyMatch(line -> line.startsWith("  approved when: active.value = true and on_hold.value != true"))
                .anyMatch(line -> line.startsWith("  rejected when: "))
                .contains("  change window: from start_date until end_date, where filled");
    }

    @Test
    @DisplayName("Log: at the start it says whose approval does not count")
    void startNamesTheStarter() {
        words.begun(wait.notApprovedBy(List.of("alice", "Alice Liddell")), "Production", "");
        assertThat(log).last().isEqualTo("  rejected when: approved by the starter (alice, Alice Liddell)");

        words.begun(wait.notApprovedBy(List.of()), "Production", "");
        assertThat(log).last().isEqualTo("  nobody has started this, so anybody may approve");
    }

    @Test
    @DisplayName("Log: then what changed, each condition with value, display value, met or not")
    void changes() {
        look(change("-4", "Assess"));
        assertThat(log)
                .contains(
                        "CHG0030001 is in state 'Assess' (-4), approval 'Requested' (requested)",
                        "  approval (default): active.value = true, found true: met",
                        "  approval (default): approval.value = approved, found requested (Requested): not met",
                        "  waiting: approval is requested (Requested), not approved");

        log.clear();
        look(change("-4", "Assess"));
        assertThat(log).isEmpty();
        look(change("-3", "Authorize"));
        assertThat(log).contains("  approval (default): state.value in -2, -1, found -3 (Authorize): not met");
    }

    @Test
    @DisplayName("Log: at least one line an hour")
    void anHourlyLine() {
        look(change("-4", "Assess"));
        log.clear();
        for (int minute = 0; minute < 120; minute++) {
            now = now.plus(Duration.ofMinutes(1));
            look(change("-4", "Assess"));
        }
        assertThat(log).hasSize(2).allMatch(line -> line.startsWith("Still waiting for CHG0030001: approval is"));
    }

    @Test
    @DisplayName("Log: at least one line an hour, also while nothing answers")
    void anHourlyLineWhileFailing() {
        for (int minute = 0; minute <= 120; minute++) {
            fail();
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(log)
                .containsExactly(
                        "Cannot look now, trying on: The instance sleeps.",
                        "Still waiting for CHG0030001: The instance sleeps.",
                        "Still waiting for CHG0030001: The instance sleeps.");
    }

    @Test
    @DisplayName("Failures while polling: logged when they start and when they end")
    void failures() {
        fail();
        fail();
        look(change("-4", "Assess"));

        assertThat(log)
                .startsWith("Cannot look now, trying on: The instance sleeps.", "ServiceNow answers again.")
                .contains("CHG0030001 is in state 'Assess' (-4), approval 'Requested' (requested)");
    }

    @Test
    @DisplayName("serviceNowApproval on a change still in New says at once that nobody has been asked yet")
    void stillInNew() {
        look(change("-5", "New"));
        look(change("-5", "New"));
        assertThat(log)
                .filteredOn(line -> line.startsWith("CHG0030001 is still in New: nobody has been asked"))
                .hasSize(1);
    }

    @Test
    @DisplayName("Window: a gap over 30 s to Jenkins' clock is logged")
    void clocks() {
        words.clocks(Duration.ofSeconds(30));
        assertThat(log).isEmpty();
        words.clocks(Duration.ofMillis(-95_400));
        words.clocks(Duration.ofMinutes(9));

        assertThat(log)
                .containsExactly("The clock of the instance is 1m 35s behind Jenkins' clock; change windows go by the"
                        + " instance's.");
    }

    @Test
    @DisplayName("Log: at the end who decided (name, e-mail, group, time, comments); unreadable is said")
    void whoDecided() {
        words.decided(List.of(new Approver(
                "Beth Anglin",
                "beth.anglin",
                "beth@example.com",
                "Network",
                "approved",
                "2026-11-22 11:00:00",
                "beth.anglin",
                "go ahead")));
        words.decided(List.of());
        words.unreadable(new ServiceNowException(Kind.FORBIDDEN, "No right.", Facts.NONE));

        assertThat(log)
                .containsExactly(
                        "Decided by Beth Anglin (beth.anglin, beth@example.com) for Network: approved at 2026-11-22 11:00:00"
                                + " UTC, saying \"go ahead\"",
                        "ServiceNow names nobody who has approved or rejected it.",
                        "Who decided could not be read: No right.");
    }

    private void look(Ticket ticket) {
        wait.take(Reading.of(ticket, now), false, now);
    }

    private void fail() {
        ServiceNowException asleep = new ServiceNowException(Kind.ASLEEP, "The instance sleeps.", Facts.NONE);
        wait.take(Reading.failed(asleep), false, now);
    }

    private static Ticket change(String state, String label) {
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        fields.put("state", new FieldValue(state, label));
        fields.put("approval", new FieldValue("requested", "Requested"));
        fields.put("active", new FieldValue("true", "true"));
        fields.put("on_hold", new FieldValue("false", "false"));
        fields.put("on_hold_reason", FieldValue.EMPTY);
        fields.put("start_date", FieldValue.EMPTY);
        fields.put("end_date", FieldValue.EMPTY);
        return new Ticket("change_request", SYS_ID, "CHG0030001", fields);
    }
}
