package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Which tickets of a key there are already: one look asks for many numbers at once. */
final class Generations {

    /** So many fit into an address, with both marks of each. */
    private static final int AT_ONCE = 16;

    /**
     * The ticket that counts: the newest active one, else the newest.
     *
     * @param number its number
     * @param row the ticket
     * @param mark what it was sent with
     * @param newest the highest number there is
     * @param mayGoOn whether there may be higher ones
     */
    record Found(int number, Row row, Mark mark, int newest, boolean mayGoOn) {}

    private Generations() {}

    /**
     * Looks once.
     *
     * @param marks the mark of each number
     * @param first the number to begin with
     * @param isOnly whether there can be only that one
     * @return null if there is none
     */
    static Found find(MarkSearch search, IntFunction<Mark> marks, int first, boolean isOnly)
            throws ServiceNowException, InterruptedException {
        List<Mark> asked = IntStream.range(first, first + (isOnly ? 1 : AT_ONCE))
                .mapToObj(marks)
                .toList();
        Map<Integer, Row> rows = search.find(asked);
        int newest = rows.keySet().stream().max(Comparator.naturalOrder()).orElse(-1);
        if (newest < 0) {
            return null;
        }
        int place = rows.keySet().stream()
                .filter(each -> isActive(rows.get(each)))
                .max(Comparator.naturalOrder())
                .orElse(newest);
        boolean mayGoOn = newest == AT_ONCE - 1;
        return new Found(first + place, rows.get(place), asked.get(place), first + newest, mayGoOn);
    }

    /** A table without that field has no tickets that end. */
    static boolean isActive(Row row) {
        return !row.value("active").equals("false");
    }
}
