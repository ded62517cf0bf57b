package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts to get out of an expression, or to keep the machine busy with one. */
class ExpressionFenceTest {

    private static final String WHERE = "approvalCriteria expression";

    /** Line and column; for a mark of Harness the mark itself; nesting that no parser gets through has no place. */
    private static final String NAMES_THE_PLACE =
            "(?s).*(line \\d+, column \\d+|has \"<\\+.*\"|is nested too deeply).*";

    private static void refused(String expression) {
        assertThatExceptionOfType(ServiceNowException.class)
                .as(expression)
                .isThrownBy(() -> Expression.parse(WHERE, expression))
                .withMessageStartingWith(WHERE + " ")
                .withMessageMatching(NAMES_THE_PLACE)
                .matches(error -> error.kind() == Kind.BAD_INPUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket.state.value.getClass() == null",
                "ticket.state.value.class == null",
                "ticket.class == null",
                "ticket.class.value == ticket.getClass()",
                "''.getClass().forName('java.lang.Runtime')",
                "'a'.class.forName('java.lang.Runtime')",
                "'a'['class'] == null",
                "'a'.'class' == null",
                "String.valueOf(1) == '1'",
                "java.lang.System.exit(1)",
                "ticket.state.value instanceof String",
                "ticket.state.value !instanceof java.lang.String",
                "(ticket.state.value.getClass)()",
                "ticket.state.value.('getClass')()",
                "''['getClass']()",
                "ticket.state.value.\\u0067etClass()",
                "ticket.state.value.contains(ticket.state.value.getClass())",
                "ticket == null",
                "empty(ticket)",
                "size(ticket) == 1",
                "Math:abs(1) == 1",
                "import('java.lang.System')",
                "ticket.state.declaringClass == null"
            })
    void noClassIsReached(String expression) {
        refused(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticket.state.value.repeat(1000000) == ''",
                "ticket.state.value.matches('(a+)+b')",
                "ticket.state.value.replaceAll('a', 'b') == ''",
                "ticket.state.value.chars() == ''",
                "ticket.state.value.intern() == ''",
                "ticket.state.value.format('%1000000000d', 1) == ''",
                "ticket.state.value.concat('x') == ''",
                "ticket.state.value.split(',') == ''",
                "ticket.state.value['contains']('x')",
                "ticket.state.value.contains('a').getClass()",
                "ticket.get('state').value == ''",
                "ticket.keySet() == ''",
                "ticket.state.put('value', 'x')",
                "ticket.clear()",
                "contains('a')",
                "f:contains('a')"
            })
    void noMethodThatIsNotOnTheListIsCalled(String expression) {
        refused(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new String('x') == 'x'",
                "new('java.lang.String', 'x') == 'x'",
                "x = 1",
                "ticket.state.value = 'x'",
                "ticket['state']['value'] = 'x'",
                "ticket.state.value += 'x'",
                "var x = 1",
                "let x = 1",
                "ticket.state.value++",
                "--ticket.priority.value",
                "while (true) true",
                "while (true) {}",
                "for (var x : [1]) true",
                "for (x : 1..1000000000) x",
                "do true while (true)",
                "if (true) true else false",
                "x -> x",
                "(x) -> { x }",
                "(x) => x",
                "function(x) { x }",
                "1..1000000000",
                "[1..5] == 1",
                "] ticket[ticket['a'].value].value == ''",
                ") == ((true)",
                "{ true }",
                "{1, 2}",
                "{'a': 1}",
                "true; true",
                "return true",
                "throw 'x'",
                "switch (1) { case 1 -> true; default -> false }",
                "try(x) { true }",
                "#pragma jexl.permissions x\ntrue",
                "@silent true",
                "`${ticket.state.value}` == ''",
                "ticket.`state`.value == ''",
                "ticket?.state?.value == ''",
                "true // yes",
                "true /* yes */",
                "ticket.state.value ?? 'x'",
                "ticket.state.value =~ 'a+'",
                "ticket.state.value =~ ticket.approval.value",
                "ticket.state.value =~ ~/a+/",
                "ticket.state.value !~ '(a+)+b'",
                "ticket.state.value =~ [ticket.approval.value]",
                "[1, 2, ...] == 1",
                "1 * 2 == 2",
                "4 / 2 == 2",
                "4 % 2 == 0",
                "4 - 2 == 2",
                "1 << 31 == 2",
                "1 & 2 == 2",
                "~1 == 2",
                "1e999999999B == 1B",
                "9h == 1",
                "jexl == 1",
                "this == 1",
                "$0 == 1",
                "ticket.state.value == 'a\u0000' \u0007",
                "ticket.state.value == \u2018x\u2019"
            })
    void nothingButAConditionIsAllowed(String expression) {
        refused(expression);
    }

    @Test
    void atMost4000Characters() throws Exception {
        String most = "ticket.state.value == '" + "x".repeat(4000 - 24) + "'";

        assertThat(most).hasSize(4000);
        assertThat(Expression.parse(WHERE, most).holds(Tickets.change().read())).isFalse();
        assertThatThrownBy(() -> Expression.parse(WHERE, most + " "))
                .hasMessage("approvalCriteria expression is longer than 4000 characters.");
    }

    @Test
    void atMost50Levels() throws Exception {
        assertThat(Expression.parse(WHERE, "(".repeat(40) + "true" + ")".repeat(40))
                        .holds(Tickets.change().read()))
                .isTrue();
        for (String[] nest : new String[][] {
            {"(", "true", ")"},
            {"!", "true", ""},
            {"not ", "true", ""},
            {"true ? true : ", "true", ""},
            {"true ? true : (", "true", ")"},
            {"'a'.contains(", "'a'", ")"},
            {"empty ", "''", ""},
            {"size(", "'a'", ")"},
            {"(true && !(", "true", "))"},
            {"'a' + ", "'b'", ""},
            {"[", "1", "]"},
            {"{", "1", "}"},
            {"ticket[", "'a'", "]"},
            {"- ", "1", ""},
            {"('a' + [", "1", "])"}
        }) {
            int often = 3900 / (nest[0].length() + nest[2].length());
            for (int times : new int[] {60, often}) {
                refused(nest[0].repeat(times) + nest[1] + nest[2].repeat(times));
            }
        }
    }

    @Test
    void manyConditionsSideBySideAreNoNesting() throws Exception {
        String many = String.join(" && ", Collections.nCopies(120, "ticket.state.value == '-4'"));

        assertThat(Expression.parse(WHERE, many).holds(Tickets.change().read())).isTrue();
    }

    /** JEXL's parser needs minutes for a few dozen nested braces or indexes; none may reach it. */
    @Test
    void noTextOfTheAllowedSignsKeepsTheParserBusy() {
        String[] parts = {
            "(",
            ")",
            "[",
            "]",
            "[",
            "(",
            "ticket",
            ".a",
            ".value",
            "'x'",
            "1",
            "-",
            "!",
            "&&",
            "||",
            "==",
            "=~",
            "?",
            ":",
            "+",
            ",",
            ".contains(",
            "ticket[",
            "'a'.length()",
            "true",
            "empty ",
            "size(",
            "not ",
            "<",
            ">",
            "=^",
            "=$",
            "<+",
            " ",
            "new ",
            "var ",
            "for(",
            "while(",
            "function(",
            "if(",
            "switch(",
            "$",
            "_",
            "a:b(",
            "ticket.'a'",
            ".1",
            "=",
            "~",
            "return "
        };
        Random random = new Random(42);
        long slowest = 0;
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            int period = 1 + random.nextInt(6);
            String[] cycle = new String[period];
            for (int k = 0; k < period; k++) {
                cycle[k] = parts[random.nextInt(parts.length)];
            }
            for (int k = 0; text.length() < 3_900; k++) {
                text.append(i % 2 == 0 ? cycle[k % period] : parts[random.nextInt(parts.length)]);
            }
            slowest = Math.max(slowest, nanosToParse(text.toString()));
        }
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
    }

    private static long nanosToParse(String text) {
        long start = nanosOfWork();
        try {
            Expression.parse(WHERE, text);
        } catch (ServiceNowException e) {
            assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT);
        }
        return nanosOfWork() - start;
    }

    /** How long this thread has worked: however much else the machine has to do, this is its own. */
    private static long nanosOfWork() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Test
    void aJoinedTextCannotGrowWithoutEnd() throws Exception {
        String huge = String.join(" + ", Collections.nCopies(40, "ticket.a.value")) + " == ''";

        assertThatThrownBy(() -> Expression.parse(WHERE, huge)
                        .holds(Tickets.of("x").with("a", "x".repeat(1_000)).read()))
                .hasMessageContaining("a joined text is longer than 8000 characters");
    }

    @Test
    void aFieldTooLongToBeHandledIsAnError() throws Exception {
        Expression expression = Expression.parse(WHERE, "!ticket.a.value.contains('x')");

        assertThatThrownBy(() -> expression.holds(
                        Tickets.of("x").with("a", "y".repeat(8_001)).read()))
                .hasMessage(
                        "approvalCriteria expression reads a, which holds more than 8000 characters in CHG0030001.");
    }

    @Test
    void itIsCancelledAfter250Milliseconds() throws Exception {
        Expression expression =
                Expression.parse(WHERE, String.join(" || ", Collections.nCopies(9, "ticket.a.value == 'x'")));
        Ticket ticket = Tickets.of("x").with("a", "y").read();

        assertThat(expression.holds(ticket, clockThatAdvances(Duration.ofMillis(20))))
                .isFalse();
        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(() -> expression.holds(ticket, clockThatAdvances(Duration.ofMillis(50))))
                .withMessageContaining("took more than 250 ms")
                .matches(error -> error.kind() == Kind.TIMEOUT);
    }

    private static LongSupplier clockThatAdvances(Duration step) {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
        return () -> now.getAndAdd(step.toNanos());
    }

    @Test
    void theDearestExpressionEndsInTimeWithoutAThreadOfItsOwn() throws Exception {
        // eighty searches, each over the longest texts there can be
        String busy = String.join("||", Collections.nCopies(80, "ticket.a.value.contains(ticket.b.value)"));
        Tickets ticket =
                Tickets.of("x").with("a", "a".repeat(8_000)).with("b", "a".repeat(4_000) + "b" + "a".repeat(10));
        Expression expression = Expression.parse(WHERE, busy);
        AtomicInteger threads = new AtomicInteger();
        InheritableThreadLocal<String> heirs = new InheritableThreadLocal<>() {
            @Override
            protected String childValue(String value) {
                threads.incrementAndGet();
                return value;
            }
        };
        heirs.set("this thread's own");
        long start = nanosOfWork();

        try {
            expression.holds(ticket.read());
        } catch (ServiceNowException e) {
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
        } finally {
            heirs.remove();
        }

        assertThat(Duration.ofNanos(nanosOfWork() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(threads).as("threads that were begun").hasValue(0);
    }

    @Test
    void anInterruptedThreadStaysInterrupted() throws Exception {
        Expression expression = Expression.parse(WHERE, "ticket.a.value == 'y'");
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(ServiceNowException.class)
                    .isThrownBy(() ->
                            expression.holds(Tickets.of("x").with("a", "y").read()))
                    .matches(ServiceNowException::isPassing);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aMarkOfATicketIsNoWayAroundTheRules() {
        refused("<+ticket.getClass()>");
        refused("<+ticket.state.value.getClass()> == null");
        refused("<+ticket.state.value + new('x')> == ''");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            value = {
                "ticket.a.value == 'x' && ticket.a.value.getClass() == null@line 1, column 40",
                "ticket.a.value == 'x'~  && new('x') == 'y'@line 2, column",
                "ticket.a.value == 'x'~|| b == 'y'@line 2, column 4",
                "ticket.a.value ==@line 1, column",
                "ticket.a.value == 'x@line 1, column 19",
                "<+ticket.a.value> = 'x'@line 1, column 3",
                "ticket.a.value == \u201cx\u201d@line 1, column 19",
                "ticket.a.value ==~ 1..2@line 2, column 3"
            })
    void errorsNameTheirPlace(String expression, String place) {
        assertThatThrownBy(() -> Expression.parse(WHERE, expression.replace('~', '\n')))
                .hasMessageContaining(place);
    }
}
