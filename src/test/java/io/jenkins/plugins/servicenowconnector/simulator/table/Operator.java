package io.jenkins.plugins.servicenowconnector.simulator.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/** One operator of encoded queries: compares a stored value with the one in the query, values regardless of case. */
enum Operator {
    NOT_EQUAL("!=", (stored, asked) -> !stored.equalsIgnoreCase(asked)),
    AT_MOST("<=", (stored, asked) -> compare(stored, asked) <= 0),
    AT_LEAST(">=", (stored, asked) -> compare(stored, asked) >= 0),
    EQUAL("=", String::equalsIgnoreCase),
    LESS("<", (stored, asked) -> compare(stored, asked) < 0),
    MORE(">", (stored, asked) -> compare(stored, asked) > 0),
    NOT_IN("NOT IN", (stored, asked) -> !isIn(stored, asked)),
    NOT_LIKE("NOT LIKE", (stored, asked) -> !contains(stored, asked)),
    NOTLIKE("NOTLIKE", (stored, asked) -> !contains(stored, asked)),
    IN("IN", Operator::isIn),
    STARTSWITH("STARTSWITH", (stored, asked) -> low(stored).startsWith(low(asked))),
    ENDSWITH("ENDSWITH", (stored, asked) -> low(stored).endsWith(low(asked))),
    LIKE("LIKE", Operator::contains),
    ISNOTEMPTY("ISNOTEMPTY", (stored, asked) -> !stored.isEmpty()),
    ISEMPTY("ISEMPTY", (stored, asked) -> stored.isEmpty()),
    EMPTYSTRING("EMPTYSTRING", (stored, asked) -> stored.isEmpty()),
    ANYTHING("ANYTHING", (stored, asked) -> true),
    BETWEEN("BETWEEN", Operator::isBetween);

    private final String token;
    private final BiPredicate<String, String> test;

    Operator(String token, BiPredicate<String, String> test) {
        this.token = token;
        this.test = test;
    }

    /** The operator that the text begins with; tokens that begin alike stand longest first. */
    static Optional<Operator> at(String text) {
        return Arrays.stream(values())
                .filter(operator -> text.startsWith(operator.token))
                .findFirst();
    }

    int length() {
        return token.length();
    }

    boolean test(String stored, String asked) {
        return test.test(stored, asked);
    }

    /** Numbers by size, everything else (dates too) by text. */
    static int compare(String stored, String asked) {
        try {
            return Long.compare(Long.parseLong(stored), Long.parseLong(asked));
        } catch (NumberFormatException e) {
            return stored.compareToIgnoreCase(asked);
        }
    }

    private static boolean isIn(String stored, String asked) {
        for (String one : asked.split(",", -1)) {
            if (one.equalsIgnoreCase(stored)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(String stored, String asked) {
        return low(stored).contains(low(asked));
    }

    private static boolean isBetween(String stored, String asked) {
        List<String> ends = List.of(asked.split("@", 2));
        return ends.size() == 2 && compare(stored, ends.get(0)) >= 0 && compare(stored, ends.get(1)) <= 0;
    }

    private static String low(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
