package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page on which a person decides. */
class TicketsPageTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Caller caller = Caller.of(SIMULATOR);
    private final Caller person = Caller.anonymous(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        SIMULATOR.switches().approvalDelay(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Row change() throws Exception {
        return SIMULATOR
                .desk()
                .task(caller.post(
                                "change_request",
                                "{\"assignment_group\":\"Network\",\"short_description\":\"<b>Deploy</b> & 'run'\"}")
                        .field("number"));
    }

    private Response press(Row change, String button) throws Exception {
        return form("/simulator/ticket", "number=" + change.number() + "&do=" + button);
    }

    private Response form(String path, String body) throws Exception {
        return person.send("POST", path, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    private String page() throws Exception {
        return person.get("/simulator").text();
    }

    @Test
    void showsTicketsWithEveryTextEscapedAndWithoutScript() throws Exception {
        change();
        caller.post("incident", "{\"short_description\":\"Printer\"}");

        assertThat(page())
                .contains("CHG0030001", "INC0010001", "Printer", "&lt;b&gt;Deploy&lt;/b&gt; &amp; &#39;run&#39;")
                .contains("http-equiv=\"refresh\"")
                .doesNotContain("<b>", "<script");
    }

    @Test
    void buttonsApproveThroughBothRounds() throws Exception {
        Row change = change();
        assertThat(page()).contains(">To Assess<").doesNotContain(">Approve<");
        press(change, "next");
        assertThat(page()).contains(">Approve<", "Beth Anglin: Requested").doesNotContain(">To Authorize<");

        assertThat(press(change, "approve").header("Location")).startsWith("/simulator");
        press(change, "approve");

        assertThat(change.get("state")).isEqualTo("-2");
    }

    @Test
    void buttonsRejectHoldReleaseAndCancel() throws Exception {
        Row change = change();
        press(change, "hold");
        assertThat(change.get("on_hold")).isEqualTo("true");
        press(change, "unhold");
        assertThat(change.get("on_hold")).isEqualTo("false");
        press(change, "next");
        press(change, "reject");
        assertThat(change.get("approval")).isEqualTo("rejected");
        press(change, "cancel");
        assertThat(change.get("state")).isEqualTo("4");
    }

    @Test
    void refusedButtonSaysWhy() throws Exception {
        Row change = change();
        press(change, "hold");

        String back = press(change, "next").header("Location");

        assertThat(person.get(back).text()).contains("Check State Transition");
    }

    @Test
    void faultsAreChosenThereAndNeverHitThePage() throws Exception {
        form("/simulator/fault", "fault=asleep");
        assertThat(caller.get("/api/now/table/incident").text()).contains("Hibernating");
        assertThat(page()).contains("hibernating");

        form("/simulator/fault", "fault=maintenance");
        assertThat(caller.get("/api/now/table/incident").status()).isEqualTo(503);

        form("/simulator/fault", "fault=");
        assertThat(caller.get("/api/now/table/incident").status()).isEqualTo(200);
    }

    @Test
    void linkToARecordLeadsToItsLine() throws Exception {
        Row change = change();

        assertThat(person.get("/nav_to.do?uri=change_request.do%3Fsys_id%3D" + change.sysId())
                        .header("Location"))
                .isEqualTo("/simulator#CHG0030001");
        assertThat(person.get("/change_request.do?sys_id=" + change.sysId()).header("Location"))
                .isEqualTo("/simulator#CHG0030001");
        assertThat(person.get("/").header("Location")).isEqualTo("/simulator");
    }
}
