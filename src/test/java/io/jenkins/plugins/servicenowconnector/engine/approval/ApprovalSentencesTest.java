package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Failed;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Waiting;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.WaitingForWindow;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is promised of approvals, sentence by sentence, as far as one look at a ticket decides it. The finer points are the
 * matter of the tests of the single classes; {@link PollingSentencesTest} goes on with many looks.
 */
@DisplayName("Approval")
class ApprovalSentencesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T11:00:00Z");
    private static final String EARLIER = "2026-06-01 10:00:00";
    private static final String LATER = "2026-06-01 12:00:00";
    private static final Map<String, Object> ASSESS = Map.of("field", "state", "value", "Assess");
    private static final Map<String, Object> APPROVED = Map.of("field", "approval", "value", "approved");

    private static Map<String, Object> condition(String field, String operator, Object value) {
        return Map.of("field", field, "operator", operator, "value", value);
    }

    private static Criteria criteria(String match, List<Map<String, Object>> conditions, String expression)
            throws Exception {
        return Criteria.parse("approvalCriteria", match, conditions, expression);
    }

    private static Criteria criteria(Map<String, Object> condition) throws Exception {
        return criteria(null, List.of(condition), null);
    }

    private static Criteria expression(String text) throws Exception {
        return criteria(null, null, text);
    }

    private static boolean met(Criteria criteria, Tickets ticket) throws Exception {
        return criteria.check(ticket.read()).met();
    }

    private static String refused(String expression) {
        try {
            expression(expression);
        } catch (Exception e) {
            assertThat(e).isInstanceOf(ServiceNowException.class);
            assertThat(((ServiceNowException) e).kind()).isEqualTo(Kind.BAD_INPUT);
            return e.getMessage();
        }
        throw new AssertionError("not refused: " + expression);
    }

    private static Terms.Builder byDefault() {
        return Terms.of("change_request");
    }

    private static Judgement judge(Terms.Builder terms, Tickets ticket, boolean last, Memory memory) throws Exception {
        return terms.build().judge(new Look(ticket.read(), NOW, last, false), memory);
    }

    private static Decision look(Terms.Builder terms, Tickets ticket) throws Exception {
        return judge(terms, ticket, false, Memory.NONE).decision();
    }

    private static Outcome outcome(Decision decision) {
        return decision instanceof Ended ended ? ended.outcome() : null;
    }

    @Nested
    @DisplayName("Criteria")
    class OfCriteria {

        @Test
        @DisplayName("match: all, or any; joins the conditions")
        void match() throws Exception {
            assertThat(met(criteria("all", List.of(ASSESS, APPROVED), null), Tickets.change()))
                    .isFalse();
            assertThat(met(criteria("any", List.of(ASSESS, APPROVED), null), Tickets.change()))
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({"=, -4", "!=, -3", "in, '-4, -3'", "not in, '-3, -2'"})
        @DisplayName("operator: = by default, !=, in, not in")
        void operators(String operator, String value) throws Exception {
            assertThat(met(criteria(condition("state", operator, value)), Tickets.change()))
                    .isTrue();
            assertThat(met(criteria(Map.of("field", "state", "value", "-4")), Tickets.change()))
                    .isTrue();
        }

        @Test
        @DisplayName("value: text, number, or for in a list; blank means \"is empty\"")
        void values() throws Exception {
            assertThat(met(criteria(condition("state", "=", -4)), Tickets.change()))
                    .isTrue();
            assertThat(met(criteria(condition("state", "in", List.of(-3, "-4"))), Tickets.change()))
                    .isTrue();
            assertThat(met(criteria(condition("start_date", "=", " ")), Tickets.change()))
                    .isTrue();
            assertThat(met(criteria(condition("state", "=", "")), Tickets.change()))
                    .isFalse();
        }

        @Test
        @DisplayName("a field may appear more than once")
        void fieldTwice() throws Exception {
            List<Map<String, Object>> both = List.of(condition("state", "!=", "3"), condition("state", "!=", "4"));

            assertThat(met(criteria("all", both, null), Tickets.change())).isTrue();
            assertThat(met(criteria("all", both, null), Tickets.change().state("4")))
                    .isFalse();
        }

        @Test
        @DisplayName("given both, both must hold")
        void both() throws Exception {
            assertThat(met(criteria("all", List.of(ASSESS), "ticket.approval.value == 'requested'"), Tickets.change()))
                    .isTrue();
            assertThat(met(criteria("all", List.of(ASSESS), "ticket.approval.value == 'approved'"), Tickets.change()))
                    .isFalse();
            assertThat(met(criteria("all", List.of(APPROVED), "ticket.state.value == '-4'"), Tickets.change()))
                    .isFalse();
        }

        @Test
        @DisplayName("an empty one is refused")
        void empty() {
            assertThatExceptionOfType(ServiceNowException.class)
                    .isThrownBy(() -> criteria(null, List.of(), " "))
                    .withMessage("approvalCriteria is empty: give conditions, an expression, or both.");
        }

        @Test
        @DisplayName("only ticket visible")
        void onlyTicket() {
            assertThat(refused("env.X == 'y'")).contains("only ticket is known here");
        }

        @Test
        @DisplayName("at most 4,000 characters and 50 levels")
        void size() throws Exception {
            String longest = "ticket.state.value == '" + "x".repeat(4_000 - 24) + "'";
            assertThat(met(expression(longest), Tickets.change())).isFalse();
            assertThat(refused(longest + " ")).contains("longer than 4000 characters");
            assertThat(refused("!".repeat(51) + "(ticket.state.value == 'x')")).contains("more than 50 levels deep");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "contains('pp')",
                    "startsWith('ap')",
                    "endsWith('ed')",
                    "equalsIgnoreCase('APPROVED')",
                    "toLowerCase() == 'approved'",
                    "toUpperCase() == 'APPROVED'",
                    "trim() == 'approved'",
                    "length() == 8",
                    "isEmpty() == false"
                })
        @DisplayName("an allow-list of text methods")
        void methods(String call) throws Exception {
            assertThat(met(expression("ticket.approval.value." + call), Tickets.approvedChange()))
                    .isTrue();
            assertThat(refused("ticket.approval.value.concat('x') == ''"))
                    .contains("calls a method other than contains, startsWith, endsWith, equalsIgnoreCase, toLowerCase,"
                            + " toUpperCase, trim, length, isEmpty");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "while (true) true",
                    "for (x : [1]) true",
                    "x -> x",
                    "ticket.state.value = 'x'",
                    "new('java.lang.String')",
                    "1..5",
                    "{ true }"
                })
        @DisplayName("no loops, lambdas, assignments, new, ranges, blocks")
        void language(String expression) {
            assertThat(refused(expression)).startsWith("approvalCriteria expression ");
        }

        @Test
        @DisplayName("cancelled after 250 ms")
        void cancelled() throws Exception {
            Expression expression =
                    Expression.parse("e", String.join(" || ", Collections.nCopies(3, "ticket.state.value == 'x'")));
            AtomicLong nanos = new AtomicLong();

            assertThatExceptionOfType(ServiceNowException.class)
                    .isThrownBy(() -> expression.holds(
                            Tickets.change().read(),
                            () -> nanos.getAndAdd(Duration.ofMillis(251).toNanos())))
                    .withMessageContaining("took more than 250 ms");
        }

        @Test
        @DisplayName("Harness' <+ticket.state.displayValue> == \"New\" runs unchanged (<+x> becomes x outside texts)")
        void harness() throws Exception {
            assertThat(met(
                            expression("<+ticket.state.displayValue> == \"New\""),
                            Tickets.change().state("-5")))
                    .isTrue();
            assertThat(met(
                            expression("ticket.u_x.value == '<+ticket.state.value'"),
                            Tickets.change().with("u_x", "<+ticket.state.value")))
                    .isTrue();
        }

        @Test
        @DisplayName("other <+…> are refused with advice")
        void otherMarks() {
            assertThat(refused("ticket.u_x.value == <+pipeline.name>"))
                    .contains(
                            "\"<+pipeline.name>\": only <+ticket.…> is known here; compare with a value of the build");
        }

        @Test
        @DisplayName("The fields it names are asked for and must be in the answer")
        void fieldsOfExpression() throws Exception {
            Criteria criteria = expression("ticket.u_a.value == 'x' || ticket.'cmdb_ci.name'.displayValue == 'y'");

            assertThat(criteria.fields()).containsExactlyInAnyOrder("u_a", "cmdb_ci.name");
            assertThatExceptionOfType(ServiceNowException.class)
                    .isThrownBy(() -> met(criteria, Tickets.change().with("u_a", "x")))
                    .withMessageContaining("names the field cmdb_ci.name, which is not in ServiceNow's answer")
                    .matches(error -> error.kind() == Kind.NOT_FOUND);
        }

        @Test
        @DisplayName("a computed name is refused; a dotted one is ticket.'a.b'.value")
        void names() throws Exception {
            assertThat(refused("ticket['st' + 'ate'].value == 'x'")).contains("computes the name of a field");
            assertThat(refused("ticket.a.b.value == 'x'")).contains("here ticket.'a.b'.value");
            assertThat(met(
                            expression("ticket.'a.b'.value == 'x'"),
                            Tickets.change().with("a.b", "x")))
                    .isTrue();
        }

        @Test
        @DisplayName("A field may be dot-walked (cmdb_ci.name); a last part value or displayValue selects one kind")
        void kinds() throws Exception {
            Tickets ticket = Tickets.change().with("cmdb_ci.name", "payments-prod");
            assertThat(met(criteria(condition("cmdb_ci.name", "=", "payments-prod")), ticket))
                    .isTrue();
            assertThat(met(criteria(condition("state.value", "=", "-4")), ticket))
                    .isTrue();
            assertThat(met(criteria(condition("state.value", "=", "Assess")), ticket))
                    .isFalse();
            assertThat(met(criteria(condition("state.displayValue", "=", "Assess")), ticket))
                    .isTrue();
        }

        @Test
        @DisplayName("a bare name matches either (!= and not in are the exact negation)")
        void either() throws Exception {
            for (String one : List.of("-4", "Assess")) {
                assertThat(met(criteria(condition("state", "=", one)), Tickets.change()))
                        .isTrue();
                assertThat(met(criteria(condition("state", "!=", one)), Tickets.change()))
                        .isFalse();
                assertThat(met(criteria(condition("state", "not in", List.of(one, "x"))), Tickets.change()))
                        .isFalse();
            }
        }

        @Test
        @DisplayName("Case counts")
        void caseCounts() throws Exception {
            assertThat(met(criteria(condition("state", "=", "assess")), Tickets.change()))
                    .isFalse();
        }

        @Test
        @DisplayName("In an in list commas separate, quotes protect")
        void lists() throws Exception {
            Criteria criteria = criteria(condition("u_x", "in", "a, \"b, c\""));

            assertThat(met(criteria, Tickets.change().with("u_x", "b, c"))).isTrue();
            assertThat(met(criteria, Tickets.change().with("u_x", "b"))).isFalse();
        }
    }

    @Nested
    @DisplayName("Default for change_request")
    class Default {

        @Test
        @DisplayName("values, never labels")
        void values() throws Exception {
            assertThat(outcome(look(
                            byDefault(),
                            Tickets.approvedChange()
                                    .with("state", "-2", "Geplant")
                                    .with("approval", "approved", "ja"))))
                    .isEqualTo(Outcome.APPROVED);
            assertThat(look(byDefault(), Tickets.change().with("state", "20", "Scheduled")))
                    .isInstanceOf(Waiting.class);
        }

        @ParameterizedTest
        @CsvSource({"active, false", "on_hold, true", "approval, requested", "state, -3", "state, 7"})
        @DisplayName("Approved: active true, on_hold not true, approval = approved, state in -2,-1")
        void approved(String field, String value) throws Exception {
            assertThat(outcome(look(byDefault(), Tickets.approvedChange()))).isEqualTo(Outcome.APPROVED);
            assertThat(outcome(look(byDefault(), Tickets.approvedChange().state("-1"))))
                    .isEqualTo(Outcome.APPROVED);
            assertThat(outcome(look(byDefault(), Tickets.approvedChange().with(field, value))))
                    .isNotEqualTo(Outcome.APPROVED);
        }

        @Test
        @DisplayName(
                "and inside start_date/end_date where they are filled (changeWindow: [kind: 'none'] turns that off)")
        void dates() throws Exception {
            Tickets early = Tickets.approvedChange().with("start_date", LATER);
            ChangeWindow none = ChangeWindow.parse("changeWindow", "change_request", null, null, "none");

            assertThat(look(byDefault(), early)).isInstanceOf(WaitingForWindow.class);
            assertThat(outcome(look(byDefault().window(none), early))).isEqualTo(Outcome.APPROVED);
        }

        @ParameterizedTest
        @CsvSource({
            "-5, rejected, true, REJECTED",
            "-4, rejected, true, REJECTED",
            "0, rejected, true, REJECTED",
            "4, approved, false, REJECTED",
            "0, approved, true, FINISHED",
            "3, approved, false, FINISHED",
            "-2, approved, false, FINISHED"
        })
        @DisplayName("Rejected: approval = rejected in any state; state 4; state 0 or 3 or not active (cause finished)")
        void rejected(String state, String approval, String active, Outcome expected) throws Exception {
            assertThat(outcome(look(
                            byDefault(),
                            Tickets.change()
                                    .state(state)
                                    .with("approval", approval)
                                    .with("active", active))))
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("back in -5 after this wait saw it further, with an approver row rejected since")
        void sentBackByAnApprover() throws Exception {
            Memory further =
                    judge(byDefault(), Tickets.change(), false, Memory.NONE).memory();
            Look back = new Look(Tickets.change().state("-5").read(), NOW, false, true);

            assertThat(outcome(byDefault().build().judge(back, further).decision()))
                    .isEqualTo(Outcome.REJECTED);
            assertThat(byDefault().build().judge(back, Memory.NONE).decision())
                    .as("never seen further")
                    .isInstanceOf(Waiting.class);
        }

        @Test
        @DisplayName("Back in -5 without one: logged once \"sent back to New, waiting for it to be submitted again\"")
        void sentBack() throws Exception {
            Tickets back = Tickets.change().state("-5");
            Memory further =
                    judge(byDefault(), Tickets.change(), false, Memory.NONE).memory();
            Judgement first = judge(byDefault(), back, false, further);
            Judgement second = judge(byDefault(), back, false, first.memory());

            assertThat(first.decision()).isInstanceOf(Waiting.class);
            assertThat(first.notes())
                    .containsExactly("CHG0030001 was sent back to New, waiting for it to be submitted again");
            assertThat(second.notes()).isEmpty();
            assertThat(outcome(judge(byDefault().onSentBack(OnSentBack.parse("reject")), back, false, further)
                            .decision()))
                    .isEqualTo(Outcome.REJECTED);
        }

        @Test
        @DisplayName("Everything else waits and names the missing condition")
        void missing() throws Exception {
            assertThat(look(
                            byDefault(),
                            Tickets.approvedChange().with("on_hold", "true").with("on_hold_reason", "freeze")))
                    .as("held: with the reason")
                    .isEqualTo(new Waiting(List.of("on hold: freeze")));
            assertThat(look(byDefault(), Tickets.approvedChange().with("approval", "not requested")))
                    .as("Scheduled with approval not requested")
                    .isEqualTo(new Waiting(
                            List.of("approval is not requested: nobody is asked in this model, give criteria")));
        }

        @Test
        @DisplayName("No other table has a default: there criteria are required, and the message shows an example")
        void otherTables() {
            assertThatExceptionOfType(ServiceNowException.class)
                    .isThrownBy(() -> Terms.of("incident").build())
                    .withMessageStartingWith("approvalCriteria is missing: incident has no default. For example, ")
                    .withMessageContaining("['6', '7']");
        }
    }

    @Nested
    @DisplayName("mustMatch and each look, in this order")
    class EachLook {

        private final Tickets ticket = Tickets.of("u_release")
                .with("cmdb_ci.name", "payments-prod")
                .with("u_bad", "no")
                .with("u_ok", "yes")
                .with("u_start", EARLIER)
                .with("u_end", LATER);

        private Terms.Builder terms() throws Exception {
            return Terms.of("u_release")
                    .mustMatch(Criteria.parseLines("mustMatch", "cmdb_ci.name = payments-prod"))
                    .rejection(Criteria.parseLines("rejectionCriteria", "u_bad = yes"))
                    .approval(Criteria.parseLines("approvalCriteria", "u_ok = yes"))
                    .window(ChangeWindow.parse("changeWindow", "u_release", "u_start", "u_end", null));
        }

        private Outcome last() throws Exception {
            return outcome(judge(terms(), ticket, true, Memory.NONE).decision());
        }

        @Test
        @DisplayName(
                "mustMatch must hold at every look, else wrong ticket: another team's approved change opens no gate")
        void mustMatch() throws Exception {
            assertThat(outcome(look(terms(), ticket))).isEqualTo(Outcome.APPROVED);
            assertThat(outcome(look(terms(), ticket.with("cmdb_ci.name", "billing-prod"))))
                    .isEqualTo(Outcome.WRONG_TICKET);
        }

        @Test
        @DisplayName("mustMatch; rejection; approval and window → approved")
        void order() throws Exception {
            assertThat(outcome(look(terms(), ticket.with("u_bad", "yes")))).isEqualTo(Outcome.REJECTED);
            assertThat(outcome(look(terms(), ticket.with("cmdb_ci.name", "other"))))
                    .isEqualTo(Outcome.WRONG_TICKET);
        }

        @Test
        @DisplayName("approval outside the window → waiting for it, rejection still watched, window fields read anew")
        void outside() throws Exception {
            assertThat(look(terms(), ticket.with("u_start", LATER).with("u_end", "2026-06-01 13:00:00")))
                    .isInstanceOf(WaitingForWindow.class);
            assertThat(terms().build().fields()).contains("u_start", "u_end", "u_bad");
            assertThat(outcome(look(terms(), ticket.with("u_bad", "yes")))).isEqualTo(Outcome.REJECTED);
            assertThat(outcome(look(terms(), ticket.with("u_bad", "no").with("u_start", EARLIER))))
                    .isEqualTo(Outcome.APPROVED);
        }

        @Test
        @DisplayName("deadline reached → expired; a decision made in time is never thrown away")
        void deadline() throws Exception {
            assertThat(last()).isEqualTo(Outcome.APPROVED);
            ticket.with("u_bad", "yes");
            assertThat(last()).isEqualTo(Outcome.REJECTED);
            ticket.with("u_bad", "no").with("u_ok", "no");
            assertThat(last()).isEqualTo(Outcome.EXPIRED);
        }

        @Test
        @DisplayName("Both true inside the window: onConflict (reject; approve as Harness)")
        void conflict() throws Exception {
            ticket.with("u_bad", "yes");
            assertThat(outcome(look(terms(), ticket))).isEqualTo(Outcome.REJECTED);
            assertThat(outcome(look(terms().onConflict(OnConflict.parse("approve")), ticket)))
                    .isEqualTo(Outcome.APPROVED);
        }

        @ParameterizedTest
        @CsvSource({
            "2026-06-01 11:00:00, 2026-06-01 12:00:00, APPROVED",
            "2026-06-01 10:00:00, 2026-06-01 11:00:00, WINDOW_MISSED",
            "2026-06-01, 2026-06-01, APPROVED",
            "2026-05-31, 2026-05-31, WINDOW_MISSED"
        })
        @DisplayName("Window: raw UTC values, start inclusive, end exclusive; a date alone means its whole day")
        void window(String start, String end, Outcome expected) throws Exception {
            ticket.with("u_start", start, "in the user's zone").with("u_end", end, "");

            assertThat(outcome(look(terms(), ticket))).isEqualTo(expected);
        }

        @Test
        @DisplayName("either end may be left out; [kind: 'planned'] is short for the type's own planned dates")
        void partsOfTheWindow() throws Exception {
            assertThat(ChangeWindow.parse("w", "u_release", "u_start", null, null)
                            .at(ticket.with("u_end", "garbage").read(), NOW)
                            .position())
                    .isEqualTo(Standing.Position.INSIDE);
            assertThat(ChangeWindow.parse("w", "change_request", null, null, "planned")
                            .fields())
                    .containsExactly("start_date", "end_date");
            assertThat(ChangeWindow.parse("w", "change_task", null, null, "planned")
                            .fields())
                    .containsExactly("planned_start_date", "planned_end_date");
        }

        @Test
        @DisplayName("Until approved it is only logged")
        void windowBeforeApproval() throws Exception {
            Judgement judgement =
                    judge(terms(), ticket.with("u_ok", "no").with("u_start", "garbage"), false, Memory.NONE);

            assertThat(judgement.decision()).isInstanceOf(Waiting.class);
            assertThat(judgement.window()).contains("garbage");
        }

        @Test
        @DisplayName("Then: field blank or unreadable → lasting failure")
        void windowWithoutDates() throws Exception {
            for (Tickets one :
                    List.of(ticket.with("u_end", ""), ticket.with("u_end", "soon"), ticket.without("u_end"))) {
                assertThat(look(terms(), one))
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.error().isPassing()).isFalse());
            }
        }

        @Test
        @DisplayName("end ≤ start or in the past → window missed (onWindowMissed: 'wait' watches for a new one)")
        void windowMissed() throws Exception {
            for (String end : List.of(EARLIER, "2026-06-01 10:30:00")) {
                ticket.with("u_end", end);
                assertThat(outcome(look(terms(), ticket))).isEqualTo(Outcome.WINDOW_MISSED);
                assertThat(look(terms().onWindowMissed(OnWindowMissed.parse("wait")), ticket))
                        .isInstanceOf(WaitingForWindow.class);
            }
        }
    }
}
