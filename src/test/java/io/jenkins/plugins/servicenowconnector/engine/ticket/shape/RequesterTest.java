package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a new ticket is requested by. */
class RequesterTest extends ShapeBench {

    private static final Requester ABEL = Requester.starter("abel.tuter", "Abel Tuter", "abel.tuter@example.com");

    private static TicketParameters incident(Requester requester) {
        return new TicketParameters("incident").requestedBy(requester);
    }

    private static String abel() {
        return id("sys_user", "user_name", "abel.tuter");
    }

    @ParameterizedTest
    @CsvSource({"change_request, requested_by", "incident, caller_id", "problem, opened_by"})
    void eachTableHasItsOwnField(String table, String field) throws Exception {
        Shape shape = created(new TicketParameters(table).requestedBy(Requester.named("abel.tuter@example.com")));

        assertThat(asked()).containsExactly("sys_user");
        assertThat(shape.values()).containsEntry(field, abel());
        assertThat(shape.lines()).contains("Requested by Abel Tuter, abel.tuter.");
    }

    @Test
    void namedUserMustExist() {
        assertThat(refused(incident(Requester.named("nobody"))).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refused(incident(Requester.named("nobody"))))
                .hasMessageStartingWith(
                        "requestedBy: there is no active record 'nobody' in sys_user (looked for by user"
                                + " name, e-mail address, name)");
        seed("sys_user", Map.of("user_name", "a2", "name", "Abel Tuter"));
        assertThat(refused(incident(Requester.named("Abel Tuter"))).kind()).isEqualTo(Kind.AMBIGUOUS);
    }

    @Test
    void starterIsTakenWithOneRequest() throws Exception {
        Shape shape = created(incident(ABEL));

        assertThat(asked()).containsExactly("sys_user");
        assertThat(shape.values()).containsOnly(entry("caller_id", abel()));
        assertThat(shape.lines()).containsExactly("Requested by Abel Tuter, abel.tuter, who started the build.");
    }

    @ParameterizedTest
    @CsvSource({
        "at, Abel Tuter, ABEL.TUTER@example.com",
        "at, Abel Tuter, other@example.com",
        "abel.tuter,,",
        ",,abel.tuter@example.com"
    })
    void starterIsKnownByIdOrAddressElseByName(String userId, String fullName, String email) throws Exception {
        assertThat(created(incident(Requester.starter(userId, fullName, email))).values())
                .containsOnly(entry("caller_id", abel()));
    }

    @Test
    void starterSharesTheRequestWithOtherUsers() throws Exception {
        created(incident(ABEL).names(Map.of("assigned_to", "beth.anglin")));

        assertThat(asked()).containsExactly("sys_user");
    }

    @Test
    void starterWhomServiceNowDoesNotKnowIsTheApiUser() throws Exception {
        Shape shape = created(incident(Requester.starter("ci", "C. I.", null)));

        assertThat(shape.values()).isEmpty();
        assertThat(shape.lines())
                .containsExactly("Requested by the account of the connector: ServiceNow has no active user that is ci,"
                        + " C. I., who started the build.");
    }

    @Test
    void starterWhoIsNotActiveOrNotTheOnlyOneIsTheApiUser() throws Exception {
        seed("sys_user", Map.of("user_name", "other", "email", "abel.tuter@example.com"));
        Shape two = created(incident(ABEL));
        assertThat(two.values()).isEmpty();
        assertThat(two.lines()).singleElement().asString().contains("more than one active user");

        SIMULATOR.tables().find("sys_user", abel()).orElseThrow().set("active", "false");
        SIMULATOR.tables().first("sys_user", "user_name", "other").orElseThrow().set("active", "false");
        assertThat(created(incident(ABEL)).lines()).singleElement().asString().contains("no active user");
    }

    @Test
    void usersThatMayNotBeReadMakeTheApiUserNotAFailure() throws Exception {
        SIMULATOR.faults().always(Match.table("GET", "sys_user"), Fault.FORBIDDEN);

        assertThat(created(incident(ABEL)).values()).isEmpty();
        assertThat(refused(incident(ABEL).names(Map.of("assigned_to", "beth.anglin")))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void nobodyIsAskedForWithoutAStarterOrWhereSomethingIsWrittenDown() throws Exception {
        created(incident(Requester.API_USER));
        created(incident(Requester.starter(null, null, null)));
        created(incident(ABEL).fields(Map.of("caller_id", "x")));
        created(incident(ABEL).connectorDefaults(Map.of("caller_id", "x")));
        created(new TicketParameters("change_task").requestedBy(ABEL));

        assertThat(asked()).isEmpty();
    }

    @Test
    void nameThatIsUnfitForAQueryIsNoFailure() throws Exception {
        assertThat(created(incident(Requester.starter("a\nb", "javascript:x", "x".repeat(300))))
                        .values())
                .isEmpty();
        assertThat(asked()).isEmpty();
    }
}
