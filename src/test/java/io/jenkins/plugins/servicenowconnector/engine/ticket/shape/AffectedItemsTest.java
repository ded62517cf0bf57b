package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.AffectedItem.Outcome;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Configuration items of a ticket, each attached once. */
class AffectedItemsTest extends ShapeBench {

    private static final Match POST = Match.table("POST", "task_ci");

    private String ticket;
    private List<ConfigurationItem> items;

    @BeforeEach
    void seedTicket() {
        ticket = seed("change_request", Map.of()).sysId();
        items = List.of(item("payments-prod"), item("web-prod-01"));
    }

    private static ConfigurationItem item(String name) {
        return new ConfigurationItem(name, id("cmdb_ci", "name", name));
    }

    private List<AffectedItem> add() throws Exception {
        return new AffectedItems(instance).add(ticket, items);
    }

    private static List<Outcome> outcomes(List<AffectedItem> added) {
        return added.stream().map(AffectedItem::outcome).toList();
    }

    private static List<Row> rows() {
        return SIMULATOR.tables().rows("task_ci");
    }

    @Test
    void oneLookAndOneRowForEach() throws Exception {
        List<AffectedItem> added = add();

        assertThat(outcomes(added)).containsExactly(Outcome.ADDED, Outcome.ADDED);
        assertThat(added.get(0).line()).isEqualTo("Affected item payments-prod added.");
        assertThat(rows()).extracting(row -> row.get("task")).containsOnly(ticket);
        assertThat(rows())
                .extracting(row -> row.get("ci_item"))
                .containsExactly(items.get(0).sysId(), items.get(1).sysId());
        assertThat(SIMULATOR.requestCount()).isEqualTo(3);
    }

    @Test
    void noItemsAskForNothing() throws Exception {
        assertThat(new AffectedItems(instance).add(ticket, List.of())).isEmpty();
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(SysIdInPost.class)
    void secondTimeAddsOnlyWhatIsMissing(SysIdInPost mode) throws Exception {
        SIMULATOR.switches().sysIdInPost(mode);
        new AffectedItems(instance).add(ticket, items.subList(0, 1));

        List<AffectedItem> again = add();

        assertThat(outcomes(again)).containsExactly(Outcome.ALREADY_THERE, Outcome.ADDED);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void itemsOfOtherTicketsDoNotCount() throws Exception {
        seed("task_ci", Map.of("task", "0".repeat(32), "ci_item", items.get(0).sysId()));

        assertThat(outcomes(add())).containsExactly(Outcome.ADDED, Outcome.ADDED);
    }

    @Test
    void brokenAnswerIsLookedAfter() throws Exception {
        SIMULATOR.faults().next(POST, Fault.CUT_AFTER_COMMIT);

        assertThat(outcomes(add())).containsExactly(Outcome.ADDED, Outcome.ADDED);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void requestThatGotNoAnswerIsUnknownAndNotRepeated() throws Exception {
        SIMULATOR.faults().next(POST, Fault.CUT);

        List<AffectedItem> added = add();

        assertThat(outcomes(added)).containsExactly(Outcome.UNKNOWN, Outcome.FAILED);
        assertThat(added.get(0).line())
                .startsWith("Warning: whether affected item payments-prod was added is unknown: ");
        assertThat(added.get(1).reason()).startsWith("not tried");
        assertThat(rows()).isEmpty();
        assertThat(outcomes(add())).containsExactly(Outcome.ADDED, Outcome.ADDED);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void rowThatComesLateIsNotAddedAgain() throws Exception {
        SIMULATOR.faults().next(POST, Fault.HELD_COMMIT);

        assertThat(outcomes(add())).containsExactly(Outcome.UNKNOWN, Outcome.FAILED);
        SIMULATOR.commitLate();
        assertThat(outcomes(add())).containsExactly(Outcome.ALREADY_THERE, Outcome.ADDED);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void rowThatNoLookShowsIsRefusedTheSecondTimeWhereKeysAreUnique() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);
        // no look sees the rows
        SIMULATOR.switches().unreadable("task_ci");
        add();

        assertThat(outcomes(add())).containsExactly(Outcome.ALREADY_THERE, Outcome.ALREADY_THERE);
        assertThat(rows()).hasSize(2);
    }

    @Test
    void itemThatIsRefusedDoesNotStopTheOthers() throws Exception {
        SIMULATOR.switches().unwritable("task_ci.ci_item");
        assertThat(add())
                .extracting(AffectedItem::reason)
                .allMatch(reason -> reason.contains("did not take task and item"));

        SIMULATOR.switches().unwritable("task_ci");
        List<AffectedItem> refused = add();
        assertThat(outcomes(refused)).containsExactly(Outcome.FAILED, Outcome.FAILED);
        assertThat(refused.get(1).reason()).contains("an access rule refuses it");
    }

    @Test
    void rateLimitStopsForNowAndALaterCallDoesTheRest() throws Exception {
        SIMULATOR.faults().next(POST, Fault.rateLimited(5));

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, this::add);

        assertThat(error.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(rows()).isEmpty();
        Instance later = SimulatedInstance.of(SIMULATOR);
        assertThat(outcomes(new AffectedItems(later).add(ticket, items))).containsExactly(Outcome.ADDED, Outcome.ADDED);
    }

    @Test
    void whoMayOnlyReadGetsAReasonForEach() throws Exception {
        SIMULATOR.accounts().add("reader", "pw", Role.READ_ONLY);
        Instance reader = SimulatedInstance.as(SIMULATOR, "reader", "pw");

        assertThat(outcomes(new AffectedItems(reader).add(ticket, items)))
                .containsExactly(Outcome.FAILED, Outcome.FAILED);
    }

    @Test
    void itemIsLookedUpBeforeAnythingIsCreated() {
        assertThat(refused(new TicketParameters("incident").affectedItems(List.of("no such item"))))
                .hasMessageStartingWith("affectedItems: there is no active record 'no such item' in cmdb_ci");
        assertThat(SIMULATOR.requests()).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void sameItemByNameAndKeyIsOne() throws Exception {
        ConfigurationItem item = items.get(0);

        assertThat(created(new TicketParameters("incident").affectedItems(List.of(item.name(), item.sysId())))
                        .affected())
                .containsExactly(item);
    }
}
