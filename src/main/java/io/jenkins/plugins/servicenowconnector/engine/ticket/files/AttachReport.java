package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.FileOutcome.Result;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of all files of one ticket.
 *
 * @param ticket the ticket they are attached to
 * @param files one outcome a file, in the order given
 */
public record AttachReport(Ticket ticket, List<FileOutcome> files) implements Serializable {

    /** More names than these make no message clearer. */
    private static final int MOST_NAMED = 10;

    public AttachReport {
        files = List.copyOf(files);
    }

    /**
     * The same report, if every file is there.
     *
     * @throws ServiceNowException that names the files that are not, each with its reason; of the kind of the first of them
     */
    public AttachReport orThrow() throws ServiceNowException {
        List<FileOutcome> failed =
                files.stream().filter(each -> each.result() == Result.FAILED).toList();
        if (failed.isEmpty()) {
            return this;
        }
        ServiceNowException first = failed.get(0).failure();
        String names = failed.stream()
                .limit(MOST_NAMED)
                .map(each -> "'" + each.fileName() + "': " + each.failure().sentence())
                .collect(Collectors.joining(" "));
        int others = failed.size() - MOST_NAMED;
        throw new ServiceNowException(
                first.kind(),
                failed.size() + " of " + files.size() + " files could not be attached to " + ticket.name() + ". "
                        + names + (others > 0 ? " And " + others + " more." : ""),
                first.facts());
    }
}
