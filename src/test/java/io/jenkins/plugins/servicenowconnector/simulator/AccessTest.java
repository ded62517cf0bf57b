package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Account;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may do what, after servicenow-rest §6.2, §8. */
class AccessTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Caller itil = Caller.of(SIMULATOR);
    private String incident;

    @BeforeEach
    void incident() {
        SIMULATOR.reset();
        incident = SIMULATOR.tables().seed("incident", Map.of()).sysId();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Caller with(Role... roles) {
        SIMULATOR.accounts().add("other", "pw", roles);
        return Caller.as(SIMULATOR, "other", "pw");
    }

    @Test
    void withoutOrWithWrongCredentialsTheAnswerIsTheSame401() throws Exception {
        Response nobody = Caller.anonymous(SIMULATOR).get("/api/now/table/incident");
        Response wrong = Caller.as(SIMULATOR, "jenkins", "wrong").get("/api/now/table/incident");

        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.message()).isEqualTo("User is not authenticated");
        assertThat(nobody.detail()).isEqualTo("Required to provide Auth information");
        assertThat(nobody.header("WWW-Authenticate")).isEqualTo("BASIC realm=\"Service-now\"");
        assertThat(wrong.text()).isEqualTo(nobody.text());
    }

    @Test
    void basicAuthRestrictionRefusesTheRightPassword() throws Exception {
        Account jenkins = SIMULATOR.accounts().find("jenkins").orElseThrow();
        SIMULATOR.accounts().add(jenkins.withoutBasicAuth());

        assertThat(itil.get("/api/now/table/incident").status()).isEqualTo(401);
    }

    // servicenow-rest §6.2 [?]: after how many wrong passwords
    @Test
    void fiveWrongPasswordsLockTheAccount_unproven() throws Exception {
        for (int i = 0; i < 5; i++) {
            Caller.as(SIMULATOR, "jenkins", "wrong").get("/api/now/table/incident");
        }

        assertThat(itil.get("/api/now/table/incident").status()).isEqualTo(401);
        assertThat(SIMULATOR.accounts().row("jenkins").orElseThrow().get("locked_out"))
                .isEqualTo("true");
    }

    @Test
    void inactiveUserIsRefused() throws Exception {
        SIMULATOR.accounts().row("jenkins").orElseThrow().set("active", "false");

        assertThat(itil.get("/api/now/table/incident").status()).isEqualTo(401);
    }

    @Test
    void anotherDoorMayOpen() throws Exception {
        SIMULATOR
                .api()
                .door(call -> call.header("x-sn-apikey").equals("k1")
                        ? SIMULATOR.accounts().find("jenkins")
                        : Optional.empty());

        Caller anonymous = Caller.anonymous(SIMULATOR);
        assertThat(anonymous
                        .send("GET", "/api/now/table/incident", "", "x-sn-apikey", "k1")
                        .status())
                .isEqualTo(200);
        assertThat(anonymous
                        .send("GET", "/api/now/table/incident", "", "x-sn-apikey", "k2")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void pathWithoutSignInCanBeAdded() throws Exception {
        SIMULATOR
                .api()
                .openEndpoint(call -> call.path().equals("/open_page.do")
                        ? Optional.of(Reply.of(200, "application/json", "{}"))
                        : Optional.empty());

        Response open = Caller.anonymous(SIMULATOR).send("POST", "/open_page.do", "{}");

        assertThat(open.status()).isEqualTo(200);
        assertThat(open.header("X-Transaction-ID")).isNotEmpty();
    }

    @Test
    void withoutRolesEveryListIsEmptyAndEveryRecordMissing() throws Exception {
        Caller nobody = with();

        Response list = nobody.get("/api/now/table/incident");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.text()).isEqualTo("{\"result\":[]}");
        assertThat(nobody.get("/api/now/table/incident/" + incident).status()).isEqualTo(404);
        assertThat(nobody.patch("incident", incident, "{}").status()).isEqualTo(404);
        assertThat(nobody.post("incident", "{}").detail())
                .isEqualTo("ACL Exception Insert Failed due to security constraints");
        assertThat(nobody.query("sys_user", "user_name=other").result()).isEmpty();
    }

    // servicenow-rest §13 no. 9 [?]
    @Test
    void withoutRolesTheOwnUserRowMayBeReadable_unproven() throws Exception {
        SIMULATOR.switches().on(Switch.OWN_USER_ROW_READABLE);

        assertThat(with().query("sys_user", "user_nameISNOTEMPTY").column("user_name"))
                .containsExactly("other");
    }

    @Test
    void readOnlyReadsAndNothingElse() throws Exception {
        Caller reader = with(Role.READ_ONLY);

        assertThat(reader.get("/api/now/table/incident/" + incident).status()).isEqualTo(200);
        assertThat(reader.post("incident", "{}").status()).isEqualTo(403);
        assertThat(reader.patch("incident", incident, "{}").detail())
                .isEqualTo("ACL Exception Update Failed due to security constraints");
        assertThat(reader.send("DELETE", "/api/now/table/incident/" + incident, "")
                        .detail())
                .isEqualTo("ACL Exception Delete Failed due to security constraints");
    }

    @Test
    void deletingNeedsItilAdminWhichMayNotWrite() throws Exception {
        assertThat(itil.send("DELETE", "/api/now/table/incident/" + incident, "")
                        .status())
                .isEqualTo(403);

        Caller admin = with(Role.ITIL_ADMIN);
        assertThat(admin.patch("incident", incident, "{}").status()).isEqualTo(403);
        assertThat(admin.send("DELETE", "/api/now/table/incident/" + incident, "")
                        .status())
                .isEqualTo(204);
        assertThat(itil.get("/api/now/table/incident/" + incident).status()).isEqualTo(404);
    }

    // servicenow-rest §1.9 [?]: message and status
    @Test
    void apiRoleIsDemandedBySwitch_unproven() throws Exception {
        SIMULATOR.switches().on(Switch.API_ROLE_DEMANDED);

        Response refused = with(Role.READ_ONLY).get("/api/now/table/incident");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("Failed API level ACL Validation");
        assertThat(with(Role.READ_ONLY, Role.REST_API_ACCESS)
                        .get("/api/now/table/incident")
                        .status())
                .isEqualTo(200);
        assertThat(itil.get("/api/now/table/incident").status()).isEqualTo(200);
    }

    @Test
    void tableCanBeHiddenFromEverybody() throws Exception {
        SIMULATOR.switches().unreadable("incident");

        Response list = itil.get("/api/now/table/incident");
        assertThat(list.text()).isEqualTo("{\"result\":[]}");
        assertThat(list.header("X-Total-Count")).isEqualTo("1");
    }
}
