package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionInputTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    private static SelectionInput of(String type, String number, String sysId, String query, Integer limit) {
        return SelectionInput.of(type, number, sysId, query, limit);
    }

    @Test
    void oneTicketIsNamedByNumberOrSysIdAndIsAChangeUnlessSaidOtherwise() throws Exception {
        TicketSelection byNumber = of(null, " CHG0030001 ", " ", "", null).toUpdate();
        TicketSelection bySysId =
                of("Incident", null, SYS_ID.toUpperCase(), null, null).toRead();

        assertThat(byNumber.table()).isEqualTo("change_request");
        assertThat(byNumber.key()).isEqualTo(TicketKey.number("x", "CHG0030001"));
        assertThat(byNumber.isOne()).isTrue();
        assertThat(bySysId.table()).isEqualTo("incident");
        assertThat(bySysId.key()).isEqualTo(TicketKey.sysId("x", SYS_ID));
    }

    @Test
    void limitsHaveDefaultsThatFitTheUse() throws Exception {
        SelectionInput query = of("incident", null, null, "active=true", null);
        SelectionInput tasks = SelectionInput.tasksOf("CHG0030001", null, null);

        assertThat(query.toRead().limit()).isEqualTo(50);
        assertThat(query.toUpdate().limit()).isEqualTo(1);
        assertThat(tasks.toRead().limit()).isEqualTo(50);
        assertThat(tasks.toUpdate().limit()).isEqualTo(20);
        assertThat(of("incident", null, null, "active=true", 7).toUpdate().limit())
                .isEqualTo(7);
    }

    @Test
    void tasksOfAChangeAreAQueryWhoseAnswersAreCompared() throws Exception {
        TicketSelection tasks =
                SelectionInput.tasksOf("CHG0030001", "implementation", null).toUpdate();

        assertThat(tasks.table()).isEqualTo("change_task");
        assertThat(tasks.isOne()).isFalse();
        assertThat(tasks.query().query().text())
                .isEqualTo("change_request.number=CHG0030001^change_task_type=implementation");
        assertThat(tasks.equal())
                .isEqualTo(Map.of("change_request.number", "CHG0030001", "change_task_type", "implementation"));
    }

    static List<Arguments> refused() {
        return List.of(
                arguments(of("incident", null, " ", null, null), "ticketNumber is missing: give it, or sysId"),
                arguments(of("incident", "INC1", SYS_ID, null, null), "exclude each other: give one of them"),
                arguments(of("incident", "INC1", null, "active=true", null), "exclude each other: give one of them"),
                arguments(
                        new SelectionInput(null, "CHG1", null, null, "CHG1", null, null),
                        "exclude each other: give one of them"),
                arguments(
                        new SelectionInput(null, "CHG1", null, null, null, "testing", null),
                        "changeTaskType belongs to changeTasksOf"),
                arguments(
                        new SelectionInput("incident", null, null, null, "CHG1", null, null),
                        "ticketType must be change_task or left out"),
                arguments(SelectionInput.tasksOf("CHG1^ORactive=true", null, null), "changeTasksOf is 'CHG1^ORactive"),
                arguments(SelectionInput.tasksOf("CHG1", "testing^ORactive=true", null), "must be the stored value"),
                arguments(of("incident", "INC1", null, null, 2), "limit belongs to query or changeTasksOf"),
                arguments(of("incident", null, null, "active=true", 0), "limit must be between 1 and 500."),
                arguments(of("incident", null, null, "active=true", 501), "limit must be between 1 and 500."),
                arguments(of("incident", null, null, "active=true^", null), "query has a part that cannot be read"),
                arguments(of("incident", null, null, "work_notesLIKEx", null), "query names work_notes, a journal"),
                arguments(of("no table", "INC1", null, null, null), "ticketType is 'no table'"),
                arguments(of("incident", "INC 1", null, null, null), "ticketNumber is 'INC 1'"),
                arguments(of("incident", null, "xyz", null, null), "sysId is 'xyz'"),
                arguments(
                        of("sc_req_item", "RITM1", null, null, null), "is sc_req_item, which this plugin never writes"),
                arguments(
                        of("sysapproval_approver", null, null, "state=requested", null),
                        "is sysapproval_approver, which this plugin never writes"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void wrongCombinationIsRefusedWithASentence(SelectionInput input, String sentence) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, input::toUpdate);

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).contains(sentence);
    }

    @Test
    void moreThanAThousandTicketsAreNotRead() {
        assertThat(catchThrowableOfType(
                        ServiceNowException.class,
                        () -> of("incident", null, null, "active=true", 1001).toRead()))
                .hasMessage("limit must be between 1 and 1000.");
    }

    @Test
    void whatIsNeverWrittenMayBeRead() throws Exception {
        assertThat(of("sc_req_item", "RITM0010001", null, null, null).toRead().table())
                .isEqualTo("sc_req_item");
    }
}
