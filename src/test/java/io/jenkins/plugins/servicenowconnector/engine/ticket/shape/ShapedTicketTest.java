package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.SingleSend;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tickets from what a user gives to what ServiceNow stores. */
class ShapedTicketTest extends ShapeBench {

    private Created create(TicketParameters given) throws Exception {
        return SingleSend.create(instance, created(given).ticket(), "jenkins-1");
    }

    private ServiceNowException failure(TicketParameters given) {
        return catchThrowableOfType(ServiceNowException.class, () -> create(given));
    }

    @Test
    void ticketWithoutLookUpsCostsOneRequest() throws Exception {
        Created created =
                create(new TicketParameters(null).shortDescription("Deploy").workNote("Job #7"));

        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        assertThat(created.report().lines()).isEmpty();
        Row row = SIMULATOR.desk().task(created.ticket().number());
        assertThat(row.journal()).singleElement().extracting("text").isEqualTo("Job #7");
    }

    @Test
    void eachTableThatIsLookedUpAddsOneRequest() throws Exception {
        Created created = create(new TicketParameters("incident")
                .shortDescription("Down")
                .names(Map.of("assignment_group", "Network", "cmdb_ci", "payments-prod", "category", "Network"))
                .requestedBy(Requester.starter("abel.tuter", null, null)));

        assertThat(SIMULATOR.requestCount()).isEqualTo(5);
        assertThat(created.report().lines()).isEmpty();
        assertThat(created.ticket().displayValue("cmdb_ci")).isEqualTo("payments-prod");
        assertThat(created.ticket().displayValue("caller_id")).isEqualTo("Abel Tuter");
        assertThat(created.ticket().value("category")).isEqualTo("network");
    }

    @Test
    void notTakenIsAWarningWithWhatCameBackAndAnErrorWhereWanted() throws Exception {
        SIMULATOR.switches().unwritable("incident.urgency");

        Created created = create(new TicketParameters("incident").fields(Map.of("urgency", 1)));

        assertThat(created.report().lines())
                .containsExactly("Warning: ServiceNow did not take urgency: sent '1', it is '3' (3 - Low).");
        assertThat(created.report().failure(created.ticket()))
                .hasMessageStartingWith("ServiceNow wrote " + created.ticket().number() + " but did not take urgency;");
    }

    @Test
    void ignoredFieldsOfTheAnswerAreNotTaken() throws Exception {
        String answer = "{\"result\":{\"sys_id\":\"0123456789abcdef0123456789abcdef\",\"number\":\"CHG1\","
                + "\"risk\":{\"value\":3,\"display_value\":\"Moderate\"},\"__meta\":{\"ignoredFields\":[\"risk\"]}}}";
        SIMULATOR.faults().next(Match.method("POST"), Fault.reply(Reply.of(201, "application/json", answer)));

        Created created = create(new TicketParameters("incident").fields(Map.of("risk", 3)));

        assertThat(created.notTaken()).containsExactly("risk");
        assertThat(created.ticket().has("__meta")).isFalse();
    }

    @Test
    void missingFieldOfADataPolicyIsSaidInServiceNowsWords() {
        SIMULATOR
                .tables()
                .schema("incident")
                .orElseThrow()
                .with(Column.string("u_owner", 40).asMandatory());

        ServiceNowException error = failure(new TicketParameters("incident").shortDescription("x"));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error).hasMessageContaining("mandatory fields are missing").hasMessageContaining("mandatory: Owner");
    }

    @Test
    void ruleThatStopsTheWriteIsNamed() {
        String detail = "Operation against file 'incident' was aborted by Business Rule 'Freeze^b6dae9e15317101034d1'."
                + " Business Rule Stack:Freeze";
        SIMULATOR.faults().next(Match.method("POST"), Fault.reply(Reply.error(403, "Operation Failed", detail)));

        ServiceNowException error = failure(new TicketParameters("incident").shortDescription("x"));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error)
                .hasMessageContaining("a business rule of the instance stopped it")
                .hasMessageContaining("Freeze");
    }

    @Test
    void unknownTableIsNotFoundAndNothingIsWritten() {
        ServiceNowException error =
                failure(new TicketParameters("u_none").names(Map.of("assignment_group", "Network")));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error).hasMessageContaining("There is no table 'u_none'");
    }

    @Test
    void affectedItemsFollowTheTicket() throws Exception {
        Shape shape = created(new TicketParameters("incident").affectedItems(List.of("payments-prod")));
        Created created = SingleSend.create(instance, shape.ticket(), "jenkins-1");

        List<AffectedItem> added =
                new AffectedItems(instance).add(created.ticket().sysId(), shape.affected());

        assertThat(added).extracting(AffectedItem::outcome).containsExactly(AffectedItem.Outcome.ADDED);
        assertThat(asked()).containsExactly("cmdb_ci", "incident", "task_ci", "task_ci");
    }
}
