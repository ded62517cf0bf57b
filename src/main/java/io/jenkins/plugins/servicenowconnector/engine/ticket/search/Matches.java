package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Page;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The readable records of a query, page after page, until there are more than its limit, or no more at all.
 *
 * <p>ServiceNow applies the limit before rights (servicenow-rest §1.3): readable records can stand behind a whole page of others,
 * so that a short page proves nothing. Its count of all matches does, and comes with the first answer; a second request is
 * made only where that count is higher than what came. Whether the count includes what may not be read is unproven, so an
 * empty page behind it ends the search as well.
 */
final class Matches {

    /** So that whoever may read nothing of a large table does not leaf through it with small pages. */
    private static final int LATER_PAGE = 500;

    /** More unreadable records than these pages hold are no query's aim. */
    private static final int MOST_PAGES = 10;

    private final TableApi tables;
    private final TicketSelection selection;
    private final Set<String> fields;

    /** By sys_id: pages of a table that changes meanwhile can overlap. */
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private int read;
    private long total = -1;
    private boolean isLast;

    Matches(TableApi tables, TicketSelection selection, Set<String> fields) {
        this.tables = tables;
        this.selection = selection;
        this.fields = fields;
    }

    /** Reads until the limit is exceeded, or there is nothing more, or too much that may not be read. */
    void readAll() throws ServiceNowException, InterruptedException {
        for (int page = 0; page < MOST_PAGES && !isEnough(); page++) {
            readPage();
        }
    }

    /** Reads one page more, for whoever needs only some. */
    void readPage() throws ServiceNowException, InterruptedException {
        int size = read == 0 ? selection.limit() + 1 : LATER_PAGE;
        Page page = tables.page(selection.table(), selection.query().query(), fields, read, size);
        selection.query().checkAnswer(selection.table(), page.rows());
        for (Row row : page.rows().rows()) {
            checkEqual(row);
            rows.putIfAbsent(row.value("sys_id"), row);
        }
        total = page.total();
        isLast = total >= 0 && rows.size() >= total || page.rows().rows().isEmpty() && read >= total;
        read += size;
    }

    private void checkEqual(Row row) throws ServiceNowException {
        for (Map.Entry<String, String> wanted : selection.equal().entrySet()) {
            if (!row.value(wanted.getKey()).equalsIgnoreCase(wanted.getValue())) {
                throw new ServiceNowException(
                        Kind.PROTOCOL,
                        "ServiceNow answered with " + row.value("number") + ", whose " + wanted.getKey() + " is not "
                                + wanted.getValue() + ", so the answer is not trusted.",
                        Facts.NONE);
            }
        }
    }

    private boolean isEnough() {
        return isLast || isMore();
    }

    /** Whether more than the limit may be read. */
    boolean isMore() {
        return rows.size() > selection.limit();
    }

    /** Whether it was not read to the end, although no more than the limit came. */
    boolean isOpen() {
        return !isEnough();
    }

    /** How many match and did not come; 0 if that is not known. */
    long missing() {
        return isMore() ? 0 : Math.max(0, total - rows.size());
    }

    /** What came: at most one more than the limit counts. */
    List<Row> rows() {
        return rows.values().stream().limit(selection.limit() + 1L).toList();
    }
}
